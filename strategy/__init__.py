"""The strategy hierarchy, the development areas, the stories, and their snippets."""
