"""The life of a translation: begun, given a slug and a place in the tree, published, closed."""
