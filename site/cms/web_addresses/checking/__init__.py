"""Asks addresses whether they work, politely, and keeps what came of it."""
