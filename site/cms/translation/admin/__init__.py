"""The admin for editors and translators."""
