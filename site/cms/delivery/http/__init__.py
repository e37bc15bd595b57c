"""HTTP: queries, responses, headers, compression, the fast path, rate limits, cursors."""
