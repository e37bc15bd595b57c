"""Pages for people: how far goals are, as charts and in words."""
