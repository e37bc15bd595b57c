"""Fixtures of the tests of pages for people."""

from tests.cms.content.reader.conftest import editor, reader, three_languages_have_words

__all__ = ["editor", "reader", "three_languages_have_words"]
