"""Blocks that belong to the strategy: the indicator, and what the areas and stories list."""
