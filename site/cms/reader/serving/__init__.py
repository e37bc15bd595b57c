"""Answers with pages: found by their path, put together of kept parts, kept as they are sent."""
