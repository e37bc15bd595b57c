"""The example site, built from a CMS that runs."""

from tests.client.packing import packed_client
from tests.consumer.example import example_site
from tests.running.conftest import prepared_demo, running_site

__all__ = ["example_site", "packed_client", "prepared_demo", "running_site"]
