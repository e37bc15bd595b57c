"""Surroundings of a document: frame, pages below, languages."""
