"""Presentation: the form in which stored documents are given, other than whole and as stored."""
