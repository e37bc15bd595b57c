"""Views for programs that read the pages: site map, robots, feeds, structured data."""
