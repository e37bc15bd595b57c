"""A type with a field that is stated neither translated nor synchronised fails the check."""

from typing import Any

import pytest
from django.core import checks
from pytest_django.fixtures import Settings
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from cms.content.checks import (
    check_image_formats,
    check_translatable_fields,
    faults_of,
    fields_to_state,
)
from cms.content.fields import synchronised, translated
from strategy.models import Indicator, StoryPage
from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES


def test_our_types_pass() -> None:
    assert check_translatable_fields(None) == []


def test_the_check_is_run_by_manage_py_check() -> None:
    assert check_translatable_fields in checks.registry.registry.get_checks()


def test_every_type_of_ours_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (*PAGE_TYPES, *SNIPPET_TYPES):
        monkeypatch.setattr(model, "translatable_fields", [])
    faulty = {fault.obj for fault in check_translatable_fields(None)}
    assert faulty == {*PAGE_TYPES, *SNIPPET_TYPES}


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPET_TYPES], ids=lambda model: model.__name__)
def test_nothing_that_wagtail_keeps_for_itself_is_to_be_stated(model: type[Any]) -> None:
    names = fields_to_state(model)
    assert {"locale", "translation_key", "live", "path", "id", "latest_revision"}.isdisjoint(names)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (StoryPage, "lead"),
        (StoryPage, "related_pages"),
        (StoryPage, "title"),
        (Indicator, "values"),
    ],
)
def test_a_field_that_is_left_out_is_named(
    model: type[Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [field for field in model.translatable_fields if field.field_name != name]
    monkeypatch.setattr(model, "translatable_fields", kept)
    (fault,) = faults_of(model)
    assert fault.id == "content.E001"
    assert f"{model._meta.label}.{name}" in fault.msg


def test_a_name_that_is_no_field_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = [*StoryPage.translatable_fields, TranslatableField("ingress")]
    monkeypatch.setattr(StoryPage, "translatable_fields", fields)
    (fault,) = faults_of(StoryPage)
    assert fault.id == "content.E002"
    assert "ingress" in fault.msg


def test_a_field_that_is_stated_twice_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = [*StoryPage.translatable_fields, *synchronised("lead")]
    monkeypatch.setattr(StoryPage, "translatable_fields", fields)
    (fault,) = faults_of(StoryPage)
    assert fault.id == "content.E003"


def test_fields_of_every_page_are_translated() -> None:
    stated = {
        field.field_name
        for field in StoryPage.translatable_fields
        if isinstance(field, TranslatableField)
    }
    assert {field.field_name for field in translated("title", "slug", "lead")} <= stated
    assert Page not in {fault.obj for fault in check_translatable_fields(None)}


def test_a_format_that_is_not_cleaned_is_refused(settings: Settings) -> None:
    assert check_image_formats(None) == []
    settings.WAGTAILIMAGES_EXTENSIONS = ["jpg", "svg"]
    assert [message.id for message in check_image_formats(None)] == ["content.E004"]
