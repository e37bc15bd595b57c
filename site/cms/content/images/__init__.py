"""Images: the sizes and formats that other sites get, and when they are made."""
