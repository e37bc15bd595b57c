"""Changes of Wagtail's API v3."""
