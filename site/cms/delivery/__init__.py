"""What other sites pull: the addresses of the API and how they answer."""
