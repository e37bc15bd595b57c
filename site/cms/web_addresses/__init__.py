"""Addresses in the world outside that published content leads to, and whether they still work."""
