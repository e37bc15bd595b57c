"""The site as a newcomer starts it: its own process, its own database, a real browser."""
