"""Screens on which translators fetch and bring their files."""
