"""Fixtures of these tests."""

from tests.cms.export.running import messages_in_english, run

__all__ = ["messages_in_english", "run"]
