"""What translators carry: XLIFF, PO, TMX and XLSX, out and in."""
