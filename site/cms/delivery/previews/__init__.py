"""Drafts for front ends: one page in one language, for a short time, by a token."""
