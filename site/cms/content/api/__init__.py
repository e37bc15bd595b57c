"""Content in the API: one rendering that v3, v2 and the plain reader share."""
