"""What editors meet in Wagtail's admin beyond the fields themselves."""
