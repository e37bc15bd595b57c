"""Canaries: faults of Wagtail's API v3 and of Django Ninja for which we change them."""

from collections import defaultdict
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from ninja import main as ninja
from ninja.openapi import get_schema as get_schema_of_api
from wagtail.api.rich_text import APIRichText, RichTextFormatError
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v3.api import api
from wagtail.api.v3.schemas import PageSchema, read_generator
from wagtail.api.v3.schemas.params import SearchSchema
from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page
from wagtail.utils.forms import FormValidationError

from cms.upstream.ninja.openapi_cached import kept_and_completed
from cms.upstream.wagtail_api.openapi_field_notes import noted_members
from cms.upstream.wagtail_api.openapi_security import ANYBODY
from cms.upstream.wagtail_api.published_search import among_published
from home.models import ContentPage
from strategy.models import StoryPage
from tests.cms.upstream.originals import original, still_needed
from tests.factories.site import ExampleSite

PREFIX = "/api/v3/"


def upstreams_description() -> Any:
    # Our own addresses are added to the API where those of the site are made.
    reverse("wagtailapi_v3:openapi-json")
    return original("wagtail.api.v3.api:api.get_openapi_schema")(path_prefix=PREFIX)


@pytest.fixture(scope="module")
def description() -> Any:
    """``openapi.json`` as upstream writes it."""
    return upstreams_description()


class StreamForm(forms.Form):
    body = forms.CharField()

    def clean_body(self) -> None:
        heading = StructBlockValidationError(block_errors={"level": ValidationError("Too deep.")})
        raise StreamBlockValidationError(block_errors={1: heading})


def test_canary_block_errors() -> None:
    form = StreamForm({"body": "x"})
    place = ("body", 1, "value", "level")
    assert FormValidationError.get_form_errors_as_dict(form) == {place: [("Too deep.", "invalid")]}
    errors = original("wagtail.utils.forms:FormValidationError.get_form_errors_as_dict")(form)
    still_needed("Too deep." not in str(errors), "wagtail_api/block_errors")


@pytest.mark.parametrize(
    ("target", "asked_by"),
    [
        (
            "wagtail.api.v3.schemas.params:SearchSchema.search_queryset",
            SearchSchema(search="skata"),
        ),
        ("wagtail.api.v2.filters:SearchFilter.filter_queryset", SearchFilter()),
    ],
)
def test_canary_published_search(
    target: str, asked_by: Any, swedish_site: ExampleSite, rf: RequestFactory
) -> None:
    swedish_site.home.add_child(instance=ContentPage(title="Skata", slug="l", live=False))
    request: Any = rf.get("/", {"search": "skata"})
    request.user = AnonymousUser()
    # Without the filters of a list, which are to keep a draft back.
    arguments: list[Any] = [asked_by, request, Page.objects.all()]
    if isinstance(asked_by, SearchFilter):
        arguments.append(None)
    found = original(target)(*arguments)
    still_needed(found.count() == 1, "wagtail_api/published_search")
    assert among_published(original(target))(*arguments).count() == 0


def story_schema(language: str) -> dict[str, Any]:
    """The schema of stories as upstream makes it in a process of that language."""
    build = original("wagtail.api.v3.schemas.generators.read:SchemaGenerator.build_schema")
    with translation.override(language):
        schema: Any = build(
            read_generator,
            StoryPage,
            name="StoryCanary",
            base_class=PageSchema,
            follow_reverse_related=True,
        )
        members: dict[str, Any] = schema.model_json_schema()["properties"]
    return members


def test_canary_schema_descriptions() -> None:
    still_needed(story_schema("sv") != story_schema("en"), "wagtail_api/schema_descriptions")


def test_canary_examples_of_schemas() -> None:
    examples = [name for name, member in story_schema("en").items() if "examples" in member]
    still_needed(examples == [], "wagtail_api/schema_descriptions")


@pytest.mark.django_db
def test_canary_openapi_security(description: Any) -> None:
    schemes = description["components"]["securitySchemes"]
    still_needed(ANYBODY in schemes, "wagtail_api/openapi_security")
    assert (
        ANYBODY not in api.get_openapi_schema(path_prefix=PREFIX)["components"]["securitySchemes"]
    )


def test_canary_openapi_field_notes(description: Any) -> None:
    schemas = description["components"]["schemas"]
    needed: dict[str, bool] = defaultdict(bool)
    for name, member, note in noted_members(schemas):
        needed[note.description] |= "description" not in schemas[name]["properties"][member]
    assert len(needed) > 40
    unneeded = [note for note, is_needed in needed.items() if not is_needed]
    assert not unneeded, f"These notes may go: {unneeded}"


@pytest.mark.django_db
def test_canary_openapi_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    get_schema = get_schema_of_api

    def count(**kwargs: Any) -> Any:
        written.append(kwargs)
        return get_schema(**kwargs)

    monkeypatch.setattr(ninja, "get_schema", count)
    kept = kept_and_completed(original("wagtail.api.v3.api:api.get_openapi_schema"))
    assert kept(path_prefix=PREFIX)["paths"] is kept(path_prefix=PREFIX)["paths"]
    assert len(written) == 1
    upstreams_description()
    upstreams_description()
    still_needed(len(written) == 3, "ninja/openapi_cached")


def test_canary_rich_text_input() -> None:
    sanitise = original("wagtail.api.rich_text:APIRichText.sanitize_db_html")
    table = "<table><tr><td>2025</td><td>12</td></tr></table>"
    html, _removals = sanitise(table, features=["bold"])
    still_needed(html == "202512", "wagtail_api/rich_text_input")
    with pytest.raises(RichTextFormatError, match="<table>"):
        APIRichText.convert_input(table, features=["bold"])
