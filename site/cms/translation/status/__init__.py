"""How far each page and fact is in each language."""
