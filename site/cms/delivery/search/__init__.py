"""Full-text search in what is delivered: see ``find.py`` first."""
