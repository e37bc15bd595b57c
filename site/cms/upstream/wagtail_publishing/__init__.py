"""Changes of Wagtail around what is edited and published."""
