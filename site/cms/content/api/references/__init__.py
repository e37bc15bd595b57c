"""References of a document: pages, snippets, images and files, fetched together."""
