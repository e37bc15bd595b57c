"""Translations: how far each language is, and what helps its translators."""
