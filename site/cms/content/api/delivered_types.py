"""The types of pages and snippets that have documents."""

from typing import Any

from wagtail.models import DraftStateMixin, TranslatableMixin, get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.content.api.references.relations import relation_fields
from cms.content.pages import BasePage


def delivered_models() -> list[Any]:
    """Every type of page, then every type of snippet, that has documents."""
    pages = [model for model in get_page_models() if issubclass(model, BasePage)]
    return [*pages, *delivered_snippets()]


def delivered_snippets() -> list[type[Any]]:
    """The types of snippets that pages show: those that state their ``relation_fields``."""
    return [
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin)
        and issubclass(model, DraftStateMixin)
        and relation_fields(model)
    ]


class UnknownType(LookupError):
    """There is no such type of page or snippet."""

    def __init__(self, label: str, known: list[str]) -> None:
        super().__init__(f"Unknown type {label!r}. The types are: {', '.join(known)}.")


def chosen_types(labels: list[str] | None) -> tuple[str, ...]:
    """The labels of types, each once; empty for all.

    Raises:
        UnknownType: a label is of no type that other sites get.
    """
    known = [model._meta.label for model in delivered_models()]
    for label in labels or ():
        if label not in known:
            raise UnknownType(label, known)
    return tuple(dict.fromkeys(labels or ()))
