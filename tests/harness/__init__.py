"""Runs the tests: prepared databases, sharing by length, and what each stage costs."""
