"""Brings a bundle into a site that has content: what has the same key becomes the same.

Through Wagtail, as an editor would: what changes gets a new version and is published, moved or
unpublished, and everything follows as ever. What the bundle does not have is left alone. Nobody's
translation is overwritten: where both have one, the younger is used and the other is a suggestion.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from cms.content.api.delivered_types import delivered_models
from cms.export.bundle.editable.lines import PageWriter, snippet_records
from cms.export.bundle.editable.references import Identities, read_reference, reference
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.shapes import shape_of
from cms.export.bundle.importing.fields import check_fields, set_fields
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.tree import Line, identity

COMPARED = ("live", "go_live_at", "expire_at", "parent", "alias_of", "fields", "draft")
"""What makes a page or snippet another; when it was published does not."""

Record = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """The outcome of an update.

    Attributes:
        counts: things by what happens to them: ``new``, ``changed``, ``unchanged``; and how many
            pages are ``reordered`` among those beside them.
        files: images and files by what happens to them; see :class:`MediaImporter`.
        missing: names of images and files that are described and not there.
        texts: translated texts by what happens to them; see :class:`TranslationMerger`.
        lines: what is new or changed, a line each.
    """

    counts: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def note(self, what: str, record: Record, names: Iterable[str] = ()) -> None:
        """Notes what happens to a page or snippet, and to which of its fields."""
        self.counts[what] += 1
        if what != "unchanged":
            title = record["fields"].get("title", record["fields"].get("name", ""))
            which = f" ({', '.join(names)})" if names else ""
            self.lines.append(f"{what}: {record['type']} {record['locale']} {title!r}{which}")


class Updater:
    """Takes records of pages and snippets over."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.models = {model._meta.label: model for model in delivered_models()}
        self.scope = Scope(private=True)
        self.made: set[str] = set()

    def plant(self, lines: Iterable[Line]) -> None:
        """Makes the pages that are missing, empty and as drafts: others may refer to them."""
        for place, record in lines:
            model = self._model(place, record, is_page=True)
            key, locale = identity(place, record, self.locales)
            if Page.objects.filter(translation_key=key, locale=locale).exists():
                continue
            parent = self._parent(place, record)
            fields = record.get("fields") or {}
            page = model(
                title=fields.get("title"),
                slug=fields.get("slug"),
                translation_key=key,
                locale=locale,
                live=False,
            )
            with _refusing(place):
                parent.add_child(instance=page)
            self.made.add(reference(key, locale.language_code))

    def pages(self, lines: Iterable[Line]) -> None:
        """Updates each page to its record."""
        for place, record in lines:
            model = self._model(place, record, is_page=True)
            identities = self._checked(place, record, model)
            page = model._default_manager.select_related("locale").get(
                translation_key=record["key"], locale__language_code=record["locale"]
            )
            before = next(PageWriter(self.scope).records([page]))
            if not self._differs(record, before):
                continue
            if record["parent"] != before["parent"]:
                with _refusing(place):
                    page.move(self._parent(place, record), pos="last-child")
                page = model._default_manager.get(pk=page.pk)
            if original := record.get("alias_of"):
                # Its text is that of its original, which brings it along.
                page.alias_of_id = identities.identity(Page, original)
            self._write(place, page, record, identities)

    def snippets(self, lines: Iterable[Line]) -> None:
        """Updates each snippet to its record, and makes those that are missing."""
        for place, record in lines:
            model = self._model(place, record, is_page=False)
            identities = self._checked(place, record, model)
            key, locale = identity(place, record, self.locales)
            found = model._default_manager.filter(translation_key=key, locale=locale)
            snippet = found.select_related("locale").first()
            if snippet is None:
                snippet = model(translation_key=key, locale=locale, live=False)
                self.made.add(reference(key, locale.language_code))
                before: Record = {}
            else:
                before = next(snippet_records([snippet], self.scope))
            if self._differs(record, before):
                self._write(place, snippet, record, identities)

    def _model(self, place: FilePosition, record: Record, *, is_page: bool) -> Any:
        model = self.models.get(record.get("type", ""))
        if model is None or issubclass(model, Page) != is_page:
            raise place.refuse(f"there is no type {record.get('type')!r:.80} here.")
        return model

    def _parent(self, place: FilePosition, record: Record) -> Page:
        if record.get("parent") is None:
            root: Page = Page.get_first_root_node()
            return root
        key, code = read_reference(record["parent"]) or (None, "")
        found = Page.objects.filter(translation_key=key, locale__language_code=code).first()
        if found is None:
            raise place.refuse(f"the page above it, {record['parent']!r:.80}, is not here.")
        return found

    def _checked(self, place: FilePosition, record: Record, model: Any) -> Identities:
        identities = Identities()
        check_fields(shape_of(model), record.get("fields"), place, identities)
        if (draft := record.get("draft")) is not None:
            fields = draft.get("fields") if isinstance(draft, dict) else None
            check_fields(shape_of(model), fields, place.inside("draft"), identities)
        if record.get("alias_of"):
            identities.collect(Page, record["alias_of"])
        identities.find()
        return identities

    def _differs(self, record: Record, before: Record) -> bool:
        """Tells whether something is to be done, which is noted."""
        name = f"{record['key']}/{record['locale']}"
        if name in self.made:
            self.changes.note("new", record)
            return True
        names = list(_different(record, before))
        self.changes.note("changed" if names else "unchanged", record, names)
        return bool(names)

    def _write(
        self, place: FilePosition, instance: Any, record: Record, identities: Identities
    ) -> None:
        """Stores and publishes what a record says, and the draft after it."""
        with _refusing(place):
            self._set(instance, record, record["fields"], identities)
            if instance.pk is None:
                instance.save()
            revision = instance.save_revision(clean=False)
            if record["live"]:
                revision.publish(skip_permission_checks=True)
            elif instance.live:
                instance.unpublish()
            else:
                instance.save()
            if (draft := record.get("draft")) is not None:
                instance = type(instance)._default_manager.get(pk=instance.pk)
                self._set(instance, draft, draft["fields"], identities)
                scheduled = moment_of(draft.get("scheduled_at"))
                instance.save_revision(approved_go_live_at=scheduled, clean=False)

    def _set(self, instance: Any, state: Record, fields: Record, identities: Identities) -> None:
        for name, rows in set_fields(instance, fields, identities).items():
            setattr(instance, name, rows)
        for name in ("go_live_at", "expire_at"):
            setattr(instance, name, moment_of(state.get(name)))


def _different(record: Record, before: Record) -> Iterator[str]:
    """The names of the fields in which a record differs."""
    for name in COMPARED:
        new, old = record.get(name), before.get(name)
        if new == old:
            continue
        if name == "fields" and isinstance(old, dict) and isinstance(new, dict):
            yield from (part for part in new if new[part] != old.get(part))
        else:
            yield name


@contextmanager
def _refusing(place: FilePosition) -> Iterator[None]:
    """Turns an error of Wagtail's into a refusal with its position."""
    try:
        yield
    except ValidationError as error:
        raise place.refuse("; ".join(error.messages)) from error
