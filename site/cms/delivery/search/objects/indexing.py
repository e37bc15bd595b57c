"""Keeps the index of what is stored: pages, facts, images and documents, as Wagtail tells of them.

Each has two rows: one of the fields that it is searched by, one of those by which it is found while
somebody types. Wagtail's models say which these are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import CharField, Manager, Model
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseIndex
from modelsearch.index import AutocompleteField, RelatedFields, SearchField, get_indexed_models
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks
from wagtail.models import Locale, TranslatableMixin
from wagtail.search.models import IndexEntry

from cms.delivery.search.index import current_index
from cms.delivery.search.models import IndexedObject
from cms.delivery.search.tables import OBJECTS
from cms.delivery.search.text import IndexedWords, indexed_words
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE

_TITLE = "title"


class ObjectIndex(BaseIndex):
    """The index of what is stored."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Put objects of one model into the index, in the place of what it had of them."""
        items = list(items)
        languages = _languages(items)
        rows: list[IndexedObject] = []
        all_words: list[IndexedWords] = []
        content_type = get_content_type_pk(model)
        for item, language in zip(items, languages, strict=True):
            for kind in (SearchField, AutocompleteField):
                words = _words(item, language, kind)
                all_words.append(words)
                rows.append(
                    IndexedObject(
                        content_type_id=content_type,
                        object_id=str(item.pk),
                        is_autocomplete=kind is AutocompleteField,
                        title_length=len(words.title),
                        length=words.length,
                    )
                )
        IndexedObject.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["object_id", "content_type", "is_autocomplete"],
            update_fields=["title_length", "length"],
        )
        keys = [row.pk for row in rows]
        current_index(OBJECTS).write_words(list(zip(keys, all_words, strict=True)))

    def delete_item(self, item: Any) -> None:
        """Take an object out of the index."""
        entries_of(type(item)).filter(object_id=str(item.pk)).delete()

    def reset(self) -> None:
        """Take out everything."""
        IndexedObject.objects.all().delete()


class Rebuilder:
    """Beginning and end of ``manage.py update_index``."""

    def __init__(self, index: ObjectIndex) -> None:
        self._index = index

    def start(self) -> ObjectIndex:
        """Take out what is no longer there, and what Wagtail's own index has of former times."""
        IndexEntry.objects.all().delete()
        for model in get_indexed_models():
            if not model._meta.parents:
                there = model._default_manager.annotate(as_text=Cast("pk", CharField()))
                entries_of(model).exclude(object_id__in=there.values("as_text")).delete()
        return self._index

    def finish(self) -> None:
        """Do nothing more: no row of the index depends on another."""


def entries_of(model: type[Model]) -> Any:
    """The rows about objects of a model and of those that derive from it."""
    return IndexedObject.objects.filter(content_type__in=get_descendants_content_types_pks(model))


def _words(item: Any, language: str, kind: type[Any]) -> IndexedWords:
    values = list(_values(item, item.get_search_fields(), kind))
    title = " ".join(value for name, value in values if name == _TITLE)
    text = "\n".join(value for name, value in values if name != _TITLE)
    return indexed_words(language, title, text)


def _languages(items: Sequence[Any]) -> list[str]:
    """The languages of what is in a language, and the source language for all else."""
    in_a_language = [item for item in items if isinstance(item, TranslatableMixin)]
    if all(type(item)._meta.get_field("locale").is_cached(item) for item in in_a_language):
        codes = {item.locale_id: item.locale.language_code for item in in_a_language}
    else:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
    found = (codes.get(getattr(item, "locale_id", None), "") for item in items)
    return [code if code in LANGUAGES else SOURCE_LANGUAGE_CODE for code in found]


def _values(item: Any, fields: Sequence[Any], kind: type[Any]) -> Iterator[tuple[str, str]]:
    """Values of the fields of a kind, those of related objects among them, with their names."""
    for field in fields:
        if isinstance(field, kind):
            yield field.field_name, _text(field.get_value(item))
        elif isinstance(field, RelatedFields):
            for related in _related(field.get_value(item)):
                yield from _values(related, field.fields, kind)


def _related(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, Manager):
        return value.all()
    return (value() if callable(value) else value,)


def _text(value: Any) -> str:
    """A value as a line of text for each that it holds."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return "" if value is None else str(value)
