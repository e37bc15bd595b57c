"""Addresses, where they stand, and how far the work on them is: see ``addresses.py`` first."""

from cms.web_addresses.models.addresses import WebAddress
from cms.web_addresses.models.hosts import WebHost
from cms.web_addresses.models.places import WebAddressPlace
from cms.web_addresses.models.progress import Progress

__all__ = ["Progress", "WebAddress", "WebAddressPlace", "WebHost"]
