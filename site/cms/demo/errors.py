"""Errors that keep the demo from being set up."""


class DemoError(Exception):
    """Something that the demo's users need is not there; the message names it and the remedy."""
