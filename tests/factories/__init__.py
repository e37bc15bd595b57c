"""Makes the content that tests need: pages, snippets, files, translations, whole sites."""
