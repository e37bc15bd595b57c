"""A site on another origin, and the drafts that it shows."""
