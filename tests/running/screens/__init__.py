"""Every screen of the admin, opened in a browser by those who work with it."""
