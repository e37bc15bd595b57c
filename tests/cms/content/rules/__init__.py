"""Tests of the rules for publishing."""
