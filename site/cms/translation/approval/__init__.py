"""Approval of texts by a second person, in the languages whose group wants that."""
