"""Finds which addresses stand where in what is published, as it changes."""
