"""The start page of each language and plain content pages."""
