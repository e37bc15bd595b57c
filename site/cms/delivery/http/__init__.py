"""The making of an answer: queries, responses, headers, compression, fast path, limits, cursors."""
