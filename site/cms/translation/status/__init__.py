"""Status of each page and fact in each language."""
