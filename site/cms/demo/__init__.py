"""The demo: content, users and their groups."""
