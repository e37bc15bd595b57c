"""Files for translators: XLIFF, PO, TMX and XLSX, out and in."""
