"""Source texts: how translations follow them, and what is kept when they change."""
