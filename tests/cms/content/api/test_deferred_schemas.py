"""Schemas are made when they are needed, and in a server before its first request."""

from ninja import Schema
from wagtail.api.v3.registry import registry

from cms.content.api.deferred_schemas import build_schemas, deferred


def test_one_is_made_when_it_is_needed() -> None:
    class Greeting(Schema):
        text: str

    assert Greeting in deferred(Schema)
    assert Greeting(text="Bures").model_dump() == {"text": "Bures"}
    assert Greeting not in deferred(Schema)


def test_those_of_pages_are_deferred_as_wagtails_are() -> None:
    for summary in registry.list_content_types():
        registration = registry.get(summary.name)
        assert registration is not None
        assert registration.read_schema is not None
        assert registration.read_schema.model_config["defer_build"]


def test_a_server_has_all_before_its_first_request() -> None:
    class Farewell(Schema):
        text: str

    build_schemas()
    assert list(deferred(Schema)) == []
