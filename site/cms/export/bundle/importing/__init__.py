"""Brings a bundle into a site: all of it, or nothing."""
