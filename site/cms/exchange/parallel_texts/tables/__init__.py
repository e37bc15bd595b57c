"""The parallel table, as XLSX and CSV."""
