"""Tests of addresses in the world outside."""
