"""Texts in all languages side by side: read, written as tables, as a corpus."""
