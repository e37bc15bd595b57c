"""Publishes everything that is complete in a language."""
