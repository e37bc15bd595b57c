"""The client, packed once."""

from tests.client.packing import packed_client

__all__ = ["packed_client"]
