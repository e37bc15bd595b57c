"""Shared caches in front of the API: what answers are marked with, and what is purged."""
