"""Where translators fetch and bring their files."""
