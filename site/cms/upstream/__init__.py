"""Changes of Wagtail, wagtail-localize, Django and others: one module a change."""
