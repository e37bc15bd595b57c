"""The screen *Export* in the admin."""
