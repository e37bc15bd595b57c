"""Changes of Django Ninja."""
