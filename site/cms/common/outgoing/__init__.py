"""Requests that the server makes to addresses of other people's choice, and what may be asked."""
