"""What stands around a document: frame, pages below, languages."""
