"""Tests of the addresses of files."""
