"""The fields of a model that are content; others follow from them or belong to one database."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    DraftStateMixin,
    Page,
    TranslatableMixin,
    get_translatable_models,
)

PUBLICATION_FIELDS: Final = (
    "live",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
)
"""Fields of what can be published that say whether and when it is."""

_OF_ONE_DATABASE: Final = frozenset(
    {
        *PUBLICATION_FIELDS,
        "alias_of",
        "content_type",
        "depth",
        "draft_title",
        "has_unpublished_changes",
        "id",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locale",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
        "page_ptr",
        "path",
        "translation_key",
        "url_path",
    }
)
"""Fields that a record gives in another way, or that are made anew: where a page is in the tree,
who it belongs to, its revisions."""


@dataclass(frozen=True, slots=True)
class Child:
    """Rows that belong to a page or snippet, such as the goals of an area.

    Attributes:
        name: under which they stand in the record.
        owner: name of the field by which they belong to it.
    """

    name: str
    model: Any
    owner: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The content of a model.

    Attributes:
        fields: by name, in the order of the model.
        children: in the order of their names.
    """

    model: Any
    fields: dict[str, Any]
    children: tuple[Child, ...]


@cache
def shape_of(model: Any) -> Shape:
    """The shape of a type of page or snippet, or of the rows of one.

    Raises:
        ImproperlyConfigured: it has relations of a kind that no record can hold.
    """
    many = [*get_all_child_m2m_relations(model), *model._meta.local_many_to_many]
    if many and issubclass(model, TranslatableMixin):
        raise ImproperlyConfigured(
            f"{model._meta.label}.{many[0].name}: relations of many to many are neither translated "
            "nor exported. Use rows with a ParentalKey."
        )
    owners = {field.name for field in model._meta.concrete_fields if _is_owner(field)}
    left_out = owners | ({"id"} if owners else _OF_ONE_DATABASE)
    return Shape(
        model,
        {
            field.name: field
            for field in model._meta.concrete_fields
            if field.name not in left_out and not field.auto_created
        },
        tuple(
            sorted(
                (
                    Child(relation.get_accessor_name(), relation.related_model, relation.field.name)
                    for relation in get_all_child_relations(model)
                    if relation.get_accessor_name() != COMMENTS_RELATION_NAME
                ),
                key=lambda child: child.name,
            )
        ),
    )


def _is_owner(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, ParentalKey)


def snippet_models() -> Iterator[Any]:
    """Every type of snippet whose facts pages show, those that others refer to first."""
    found = [
        model
        for model in get_translatable_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    given: set[Any] = set()
    while found:
        ready = [model for model in found if not _needed(model) & (set(found) - {model})]
        if not ready:
            raise ImproperlyConfigured(f"{found} refer to each other in a circle.")
        for model in sorted(ready, key=lambda one: one._meta.label):
            yield model
            given.add(model)
        found = [model for model in found if model not in given]


def _needed(model: Any) -> set[Any]:
    return {field.related_model for field in shape_of(model).fields.values() if field.is_relation}


def model_named(label: str) -> Any | None:
    """The model with a label such as those of ``meta.type``; ``None`` where there is none."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
