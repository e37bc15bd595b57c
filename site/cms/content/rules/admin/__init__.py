"""Findings in the admin: beside the form, and where publishing is refused."""
