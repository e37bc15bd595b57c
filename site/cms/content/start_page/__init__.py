"""Editors' start page: what waits, and what has been waiting for long."""
