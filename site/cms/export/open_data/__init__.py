"""Open data: the record for data portals, and indicators."""
