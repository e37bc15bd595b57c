"""Template tags of the wastebasket."""
