"""Screens of the wastebasket in Wagtail's admin."""
