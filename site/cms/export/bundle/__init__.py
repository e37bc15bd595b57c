"""The bundle: everything that is published, in files that can be checked and brought back."""
