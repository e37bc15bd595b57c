"""Drafts in the admin: shared as links, and shown on the front end."""
