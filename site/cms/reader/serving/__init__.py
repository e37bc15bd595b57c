"""How a page is answered: found by its path, put together of kept parts, kept as it is sent."""
