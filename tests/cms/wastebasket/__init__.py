"""Tests of the wastebasket."""
