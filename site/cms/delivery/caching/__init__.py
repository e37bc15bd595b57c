"""Shared caches in front of the API: the tags of answers, and purging."""
