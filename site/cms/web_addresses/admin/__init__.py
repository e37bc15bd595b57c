"""The list of dead addresses, and what may be said of each."""
