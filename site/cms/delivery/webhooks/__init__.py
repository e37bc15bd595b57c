"""Tells other sites of changes, as soon as they are there."""
