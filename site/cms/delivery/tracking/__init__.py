"""Tracking of changes: signals, the tracked transaction, the position of a page."""
