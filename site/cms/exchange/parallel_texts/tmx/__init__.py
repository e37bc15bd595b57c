"""The parallel corpus, as TMX."""
