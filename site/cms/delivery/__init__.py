"""Delivery to other sites: the addresses of the API and how they answer."""
