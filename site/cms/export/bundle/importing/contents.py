"""Fills the pages that are there, and makes the snippets that they show."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page, Revision

from cms.common.batches import batches
from cms.content.api.delivered_types import delivered_models
from cms.export.bundle.editable.references import Identities, reference
from cms.export.bundle.editable.shapes import shape_of
from cms.export.bundle.importing import raw
from cms.export.bundle.importing.fields import check_fields, set_fields
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.tree import AT_A_TIME, Line, identity, set_publication


def fill_pages(lines: Iterable[Line]) -> None:
    """Stores what each page holds.

    Raises:
        RefusedBundle: a field is unknown, or holds what it does not take.
    """
    models = {model._meta.label: model for model in delivered_models()}
    for batch in batches(lines, AT_A_TIME):
        identities = _checked(batch, models)
        pages = _pages_of(record for _place, record in batch)
        filled: dict[Any, list[Any]] = defaultdict(list)
        aliases = []
        for _place, record in batch:
            page = pages[reference(record["key"], record["locale"])]
            specific = models[record["type"]](page_ptr=page)
            specific.__dict__.update(
                {field.attname: getattr(page, field.attname) for field in Page._meta.fields}
            )
            filled[type(specific)].append((specific, record))
            if original := record.get("alias_of"):
                page.alias_of_id = identities.identity(Page, original)
                aliases.append(page)
        for model, group in filled.items():
            _store(model, group, identities)
        Page.objects.bulk_update(aliases, ["alias_of"])


def make_snippets(lines: Iterable[Line]) -> int:
    """Stores the snippets, each type after those that it refers to; returns how many.

    Raises:
        RefusedBundle: one is of an unknown type or language, is there twice, or holds what its
            fields do not take.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    models = {model._meta.label: model for model in delivered_models()}
    seen: set[tuple[str, str]] = set()
    count = 0
    for batch in batches(lines, AT_A_TIME):
        identities = _checked(batch, models)
        made: dict[Any, list[Any]] = defaultdict(list)
        for place, record in batch:
            model = models[record["type"]]
            if issubclass(model, Page):
                raise place.refuse(f"{record['type']} is no type of snippet.")
            key, locale = identity(place, record, locales)
            name = reference(key, locale.language_code)
            if (record["type"], name) in seen:
                raise place.refuse(f"{name} is there twice.")
            seen.add((record["type"], name))
            snippet = model(translation_key=key, locale=locale)
            set_publication(snippet, place, record)
            made[model].append((snippet, record))
        for model, group in made.items():
            _store(model, group, identities)
        count += len(batch)
    return count


def _checked(batch: list[Line], models: dict[str, Any]) -> Identities:
    """Checks some records, and finds the ids of everything that they name."""
    identities = Identities()
    for place, record in batch:
        model = models.get(record.get("type", ""))
        if model is None:
            raise place.refuse(f"there is no type {record.get('type')!r:.80} here.")
        check_fields(shape_of(model), record.get("fields"), place, identities)
        if (draft := record.get("draft")) is not None:
            at = place.inside("draft")
            fields = draft.get("fields") if isinstance(draft, dict) else None
            check_fields(shape_of(model), fields, at, identities)
        if (original := record.get("alias_of")) is not None:
            identities.collect(Page, original)
    identities.find()
    return identities


def _pages_of(records: Iterable[dict[str, Any]]) -> dict[str, Page]:
    keys = {record["key"] for record in records}
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
    return {reference(page.translation_key, page.locale.language_code): page for page in pages}


def _store(model: Any, group: list[tuple[Any, dict[str, Any]]], identities: Identities) -> None:
    """Inserts pages or snippets of one type with all that belongs to them, and their history."""
    belonging = [set_fields(instance, record["fields"], identities) for instance, record in group]
    raw.insert([instance for instance, _record in group])
    for child in shape_of(model).children:
        rows = []
        for (instance, _record), parts in zip(group, belonging, strict=True):
            for row in parts[child.name]:
                setattr(row, f"{child.owner}_id", instance.pk)
                rows.append(row)
            # In memory too, so that the history below needs no look at the database.
            setattr(instance, child.name, parts[child.name])
        raw.insert(rows)
    for instance, _record in group:
        _have_no_comments(instance)
    _begin_history(model, group, identities)


def _have_no_comments(instance: Any) -> None:
    """Marks pages as without comments, of which a bundle has none."""
    if isinstance(instance, Page):
        setattr(instance, COMMENTS_RELATION_NAME, [])


def _begin_history(
    model: Any, group: list[tuple[Any, dict[str, Any]]], identities: Identities
) -> None:
    """Begins the history: what is live is the first version, what is not published the next."""
    live, latest = [], []
    for instance, record in group:
        live.append(_revision(instance, instance))
        if "draft" in record:
            latest.append(_draft(instance, record["draft"], identities))
        else:
            latest.append(live[-1])
    raw.insert([*live, *(one for one in latest if one not in live)])
    changed = []
    for (instance, _record), first, last in zip(group, live, latest, strict=True):
        row = Page(pk=instance.pk) if isinstance(instance, Page) else instance
        row.live_revision_id = first.pk if instance.live else None
        row.latest_revision_id = last.pk
        changed.append(row)
    fields = ["live_revision", "latest_revision"]
    if issubclass(model, Page):
        for row, last in zip(changed, latest, strict=True):
            row.latest_revision_created_at = last.created_at
            row.draft_title = last.content["title"]
        fields += ["latest_revision_created_at", "draft_title"]
    raw.update(changed, fields)


def _draft(instance: Any, record: dict[str, Any], identities: Identities) -> Revision:
    """The version that is written and not published, perhaps with its time."""
    model: Any = type(instance)
    draft = model(pk=instance.pk)
    for field in model._meta.concrete_fields:
        setattr(draft, field.attname, getattr(instance, field.attname))
    for name, rows in set_fields(draft, record["fields"], identities).items():
        setattr(draft, name, rows)
    _have_no_comments(draft)
    for name in ("go_live_at", "expire_at"):
        setattr(draft, name, moment_of(record.get(name)))
    revision = _revision(draft, instance)
    revision.created_at = timezone.now()
    revision.approved_go_live_at = moment_of(record.get("scheduled_at"))
    return revision


def _revision(content: Any, instance: Any) -> Revision:
    base: Any = Page if isinstance(instance, Page) else type(instance)
    return Revision(
        content_type=ContentType.objects.get_for_model(type(instance)),
        base_content_type=ContentType.objects.get_for_model(base),
        object_id=str(instance.pk),
        created_at=instance.last_published_at or timezone.now(),
        object_str=str(content),
        content=content.serializable_data(),
    )
