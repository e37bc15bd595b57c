"""What programs read of the pages: site map, robots, feeds, structured data."""
