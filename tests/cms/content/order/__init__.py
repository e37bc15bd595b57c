"""Tests of the order of pages."""
