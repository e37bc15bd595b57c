"""Changes of Django."""
