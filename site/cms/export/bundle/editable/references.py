"""Names of pages, snippets and files that are the same in every database.

A page or snippet is named by key and language, ``bb2a2628-bcdf-59d0-b9e9-c0ec177c05b8/sv``; an
image or file by its name in the storage, ``original_images/river.jpg``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, TranslatableMixin

from cms.common.batches import batches

AT_A_TIME = 500


def reference(key: UUID | str, locale: str) -> str:
    """The name of a page or snippet."""
    return f"{key}/{locale}"


def read_reference(text: Any) -> tuple[UUID, str] | None:
    """Key and language in the name of a page or snippet; ``None`` where it is no such name."""
    key, _slash, locale = str(text).partition("/")
    try:
        return UUID(key), locale
    except ValueError:
        return None


def _kind(model: Any) -> Any:
    """The model to which a relation leads: all pages have one numbering."""
    if issubclass(model, Page):
        return Page
    if issubclass(model, TranslatableMixin) or model in (get_image_model(), get_document_model()):
        return model
    raise ImproperlyConfigured(f"A relation to {model._meta.label} cannot be named in a bundle.")


class Names:
    """The names of objects that values refer to by id, found together rather than one by one.

    First everything is asked for with :meth:`collect`, then it is found, then :meth:`name` tells.

    Args:
        chosen: of a model, the query for what is in the bundle: what is not has no name there.
    """

    def __init__(self, chosen: Callable[[Any], Any]) -> None:
        self._chosen = chosen
        self._wanted: dict[Any, set[int]] = defaultdict(set)
        self._names: dict[Any, dict[int, str]] = defaultdict(dict)

    def collect(self, model: Any, identity: Any) -> None:
        """Asks for the name of something."""
        if isinstance(identity, int):
            self._wanted[_kind(model)].add(identity)

    def find(self) -> None:
        """Finds everything that was asked for."""
        for model, identities in self._wanted.items():
            known = self._names[model]
            for missing in batches(sorted(identities - known.keys()), AT_A_TIME):
                rows = self._chosen(model).filter(pk__in=missing)
                known.update(_named(model, rows))
        self._wanted.clear()

    def name(self, model: Any, identity: Any) -> str | None:
        """The name of something; ``None`` for what is not in the bundle."""
        return self._names[_kind(model)].get(identity)


class Identities:
    """The ids of objects that records refer to by name, found together."""

    def __init__(self) -> None:
        self._wanted: dict[Any, set[str]] = defaultdict(set)
        self._found: dict[Any, dict[str, int]] = defaultdict(dict)

    def collect(self, model: Any, name: Any) -> None:
        """Asks for the id of something."""
        if isinstance(name, str):
            self._wanted[_kind(model)].add(name)

    def find(self) -> None:
        """Finds everything that was asked for."""
        for model, names in self._wanted.items():
            for part in batches(sorted(names), AT_A_TIME):
                self._found[model].update(_identified(model, part))
        self._wanted.clear()

    def identity(self, model: Any, name: Any) -> int | None:
        """The id of something; ``None`` for what is not there."""
        return self._found[_kind(model)].get(name)


def _named(model: Any, rows: Any) -> Iterable[tuple[int, str]]:
    if issubclass(model, TranslatableMixin):
        found = rows.order_by().values_list("pk", "translation_key", "locale__language_code")
        return ((pk, reference(key, code)) for pk, key, code in found)
    files: Iterable[tuple[int, str]] = rows.order_by().values_list("pk", "file")
    return files


def _identified(model: Any, names: list[str]) -> Iterable[tuple[str, int]]:
    if issubclass(model, TranslatableMixin):
        keys = [found[0] for name in names if (found := read_reference(name))]
        rows = model._base_manager.filter(translation_key__in=keys).values_list(
            "translation_key", "locale__language_code", "pk"
        )
        return ((reference(key, code), pk) for key, code, pk in rows)
    files: Iterable[tuple[str, int]] = model._base_manager.filter(file__in=names).values_list(
        "file", "pk"
    )
    return files
