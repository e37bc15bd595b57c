"""Changes of Wagtail."""
