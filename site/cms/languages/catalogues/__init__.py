"""Message catalogues, made and compiled without tools of the operating system."""
