"""What editors and translators meet in the admin."""
