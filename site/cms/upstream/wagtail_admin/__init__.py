"""Changes of Wagtail's admin."""
