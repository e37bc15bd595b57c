"""The plain reader: shows a page's document as HTML, each part in its true language."""
