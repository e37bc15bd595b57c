"""Tests of what each language says, and of the language that a text is really in."""
