"""Translators: the group of each language, and what its members may do."""
