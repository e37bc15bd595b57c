"""Languages: which there are, and how each behaves."""
