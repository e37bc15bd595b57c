"""Redirects as documents."""
