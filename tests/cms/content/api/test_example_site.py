"""The example site uses all there is, so that a new field or block is tested from its first day."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BooleanField, ForeignObjectRel
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.content.api.streams.values import leaf_of, list_items
from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES, ExampleSite

pytestmark = pytest.mark.shared_out

OUR_APPS = ("home", "strategy")


def test_the_example_site_has_every_page_type(swedish_site: ExampleSite) -> None:
    ours = {model for model in get_page_models() if model is not Page}
    assert set(swedish_site.pages) == set(PAGE_TYPES) == ours


def test_the_example_site_has_every_snippet_type() -> None:
    assert set(SNIPPET_TYPES) == set(get_snippet_models())


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_every_field_and_block_of_a_page_type_is_in_use(
    page_type: type[Any], swedish_site: ExampleSite
) -> None:
    unused = sorted(set(_unused(swedish_site.pages[page_type])))
    assert not unused, f"Use them in tests/factories: {', '.join(unused)}"


@pytest.mark.parametrize("snippet_type", SNIPPET_TYPES, ids=lambda snippet: snippet.__name__)
def test_every_field_of_a_snippet_type_is_in_use(
    snippet_type: type[Any], swedish_site: ExampleSite
) -> None:
    unused = sorted(set(_unused(snippet_type.objects.first())))
    assert not unused, f"Use them in tests/factories: {', '.join(unused)}"


@pytest.mark.parametrize(
    "model",
    [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "translatable_fields") or hasattr(model, "api_fields")
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_that_an_editor_fills_in_is_served(model: type[Any]) -> None:
    served = {field.name for field in APIField.get_fields_for_model(model)}
    inherited = {field.name for field in Page._meta.get_fields()}
    technical = {
        "id", "sort_order", "page_ptr", "translation_key", "locale", "live", "expired",
        "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at",
        "expire_at", "latest_revision", "live_revision",
    }  # fmt: skip
    own = {
        field.name
        for field in model._meta.local_concrete_fields
        if field.name not in inherited | technical and not isinstance(field, ParentalKey)
    }
    assert own <= served


def _unused(owner: Any) -> Iterator[str]:
    """Names of fields, rows and blocks that an object leaves empty."""
    for api_field in APIField.get_fields_for_model(type(owner)):
        if api_field.serializer is not None:
            continue
        field: Any = get_model_field(type(owner), api_field.name)
        value = getattr(owner, api_field.name)
        if isinstance(field, ForeignObjectRel):
            rows = list(value.all())
            if not rows:
                yield api_field.name
            for row in rows:
                yield from (f"{api_field.name}.{name}" for name in _unused(row))
        elif isinstance(field, StreamField):
            yield from _unused_in(value.stream_block, [value.get_prep_value()], api_field.name)
        elif not isinstance(field, BooleanField) and value in (None, "", [], field.get_default()):
            yield api_field.name


def _unused_in(block: Any, values: list[Any], path: str) -> Iterator[str]:
    """Blocks and members that no occurrence of a block uses."""
    if leaf_of(block) is not None:
        if all(value in (None, "", {}, []) for value in values):
            yield path
    elif isinstance(block, blocks.BaseStreamBlock):
        children = [child for value in values for child in value or []]
        for name, child_block in block.child_blocks.items():
            occurrences = [child["value"] for child in children if child["type"] == name]
            if occurrences:
                yield from _unused_in(child_block, occurrences, f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    elif isinstance(block, blocks.ListBlock):
        items = [item for value in values for _id, item in list_items(value)]
        yield from _unused_in(block.child_block, items, path)
    else:
        for name, child_block in block.child_blocks.items():
            members = [(value or {}).get(name) for value in values]
            yield from _unused_in(child_block, members, f"{path}.{name}")
