"""Streams of blocks in the API: their types, their values, and errors that name the block."""
