"""Wagtail's admin for editors, beyond the fields themselves."""
