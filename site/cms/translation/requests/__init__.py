"""Editors ask languages for a page or fact by a day, and their translators are told."""
