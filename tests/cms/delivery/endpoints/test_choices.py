"""The labels of choices are told in each language of the admin, and in no other."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from wagtail.api.v3.api import api

from cms.content.api.choice_labels import LABELS, labelled
from cms.delivery.endpoints.choices import labelled_members
from strategy.models import StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CHOICES = "/api/v3/choices/"


def schemas() -> dict[str, Any]:
    found: dict[str, Any] = api.get_openapi_schema()["components"]["schemas"]
    return found


def test_the_kind_of_a_story_in_each_language(visitor: Client) -> None:
    answer = visitor.get(CHOICES)
    assert answer.status_code == 200
    labels = {(item["schema"], item["member"]): item["labels"] for item in answer.json()["items"]}
    assert len(labels) == answer.json()["count"]
    assert labels["StoryPageSchema", "kind"]["company"] == {
        "sv": "företag",
        "en": "company",
        "fi": "yritys",
    }
    for code in ("sv", "en", "fi"):
        with override(code):
            said = {value: str(label) for value, label in StoryPage.Kind.choices}
        assert {
            value: texts[code] for value, texts in labels["StoryPageSchema", "kind"].items()
        } == said
    assert set(labels["GoalPageSchema", "agenda_goals"]) == {str(n) for n in range(1, 18)}
    assert labels["TransportLinkValue", "mode"]["rail"]["en"] == "Rail"
    assert set(labels["IndicatorRelation", "better"]) == {"higher", "lower"}


def test_every_value_that_is_read_has_its_labels() -> None:
    """A choice that somebody adds fails here until other sites can learn what it is called."""
    missing = []
    for name, schema in schemas().items():
        is_read = name.endswith(("PageSchema", "Value", "Relation", "Document"))
        if not is_read or "Input" in name:
            continue
        for member, shape in schema.get("properties", {}).items():
            values = [value for value in shape.get("enum", ()) if value != ""]
            if values and set(map(str, values)) != set(shape.get(LABELS, ())):
                missing.append((name, member))
    assert missing == []


def test_it_is_what_the_schema_says(visitor: Client) -> None:
    assert visitor.get(CHOICES).json()["items"] == list(labelled_members(schemas()))


def test_it_can_be_kept(visitor: Client) -> None:
    answer = visitor.get(CHOICES)
    again = visitor.get(CHOICES, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert answer.headers["Cache-Tag"] == "choices"
    assert visitor.get(f"{CHOICES}?bogus=1").status_code == 422


def test_no_language_gets_the_label_of_another(settings: Any) -> None:
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", ""), ("en", ""), ("rom", "")]
    [labels] = labelled([("x", gettext_lazy("Nobody has translated this"))])[LABELS].values()
    assert labels == {"en": "Nobody has translated this"}
    [labels] = labelled([("x", gettext_lazy("Yes"))])[LABELS].values()
    assert labels["sv"] == "Ja"
    assert "rom" not in labels
    [labels] = labelled([("x", pgettext_lazy("no such context", "Yes!"))])[LABELS].values()
    assert labels == {"en": "Yes!"}
