"""Texts of pages and facts: what each language says, and the language a text is really in."""
