"""Wagtail's own search, of pages, facts, images and documents: see ``backend.py`` first."""
