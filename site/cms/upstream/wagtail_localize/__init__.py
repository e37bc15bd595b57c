"""Changes of wagtail-localize."""
