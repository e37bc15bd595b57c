"""Translators at work in a real browser."""
