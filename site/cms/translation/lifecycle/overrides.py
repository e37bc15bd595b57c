"""Links, images and other choices that were made by hand on a page whose translation is stopped."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field
from django.utils.text import capfirst
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    Translation,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments, quote_path_component

_REVISIONS: Final = 50
"""Revisions of a source in which it is looked up whether it has said something before."""

Link = dict[str, Any]
"""Attributes of a link."""


@dataclass(frozen=True, slots=True)
class Override:
    """A choice that wagtail-localize can keep beside the source's.

    Attributes:
        context: id of its place.
        data: what was chosen; ``None`` for the source's own.
    """

    context: int
    data: Any


@dataclass(slots=True)
class Choices:
    """The choices that were made by hand.

    Attributes:
        kept: those that stay.
        lost: names of those in whose place the source's will stand.
    """

    kept: list[Override] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def choices_by_hand(translation: Translation, instance: Any) -> Choices:
    """Finds in what a page or fact differs from its source beside its texts."""
    source = translation.source
    choices = Choices()
    segments = extract_segments(instance)
    chosen = dict(_chosen_links(_links_in(segments), _links_of(translation), choices))
    places = {
        path: (context, json.loads(data))
        for path, context, data in OverridableSegment.objects.filter(source=source).values_list(
            "context__path", "context", "data_json"
        )
    }
    related = dict(
        RelatedObjectSegment.objects.filter(source=source).values_list("context__path", "object")
    )
    for segment in segments:
        if isinstance(segment, OverridableSegmentValue) and not is_link(segment.path):
            if segment.path in places:
                chosen[segment.path] = segment.data
            elif isinstance(segment.data, str):
                choices.lost.append(segment.data)
        elif (
            isinstance(segment, RelatedObjectSegmentValue)
            and related.get(segment.path) != segment.translation_key
        ):
            found = segment.content_type.get_all_objects_for_this_type(
                translation_key=segment.translation_key, locale=translation.target_locale
            )
            choices.lost += map(str, found)
    _decide(translation, chosen, places, choices)
    original = source.get_source_instance()
    choices.lost += _other_fields(original, instance)
    return choices


def keep_choices(translation: Translation, kept: Iterable[Override], user: Any) -> None:
    """Stores choices, so that publishing leaves them."""
    for one in kept:
        place = {"context_id": one.context, "locale": translation.target_locale}
        if one.data is None:
            SegmentOverride.objects.filter(**place).delete()
            continue
        SegmentOverride.objects.update_or_create(
            **place,
            defaults={
                "data_json": json.dumps(one.data, cls=DjangoJSONEncoder),
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )


def _decide(
    translation: Translation,
    chosen: dict[str, Any],
    places: dict[str, tuple[int, Any]],
    choices: Choices,
) -> None:
    """Adds what is not so already, and has not been the source's own."""
    contexts = {context for context, _data in places.values()}
    overrides = {
        one.context_id: one.data
        for one in SegmentOverride.objects.filter(
            context__in=contexts, locale=translation.target_locale, has_error=False
        )
    }
    differing = {}
    for path, data in chosen.items():
        if path not in places:
            choices.lost.append(str(data))
            continue
        context, own = places[path]
        if data == own:
            if context in overrides:
                choices.kept.append(Override(context, None))
        elif data != overrides.get(context):
            differing[path] = data
    former = _former(translation.source.get_source_instance()) if differing else set()
    choices.kept += [
        Override(places[path][0], data)
        for path, data in differing.items()
        if (_base(path), str(data)) not in former
    ]


def _former(source: Any) -> set[tuple[str, str]]:
    """All choices that the source has had at a place."""
    found: set[tuple[str, str]] = set()
    revisions = getattr(source, "revisions", None)
    if revisions is None:
        return set()
    for revision in islice(revisions.order_by("-pk").iterator(), _REVISIONS):
        found |= {
            (_base(segment.path), str(segment.data))
            for segment in extract_segments(revision.as_object())
            if isinstance(segment, OverridableSegmentValue)
        }
    return found


def is_link(path: str) -> bool:
    """Tells whether a place is that of a link in a text, which is named by its address."""
    return path.endswith("'")


def _base(path: str) -> str:
    """The place of the text for a link in it, else the place itself."""
    return path.split(".'", 1)[0] if is_link(path) else path


def _links_in(segments: Iterable[Any]) -> dict[str, list[dict[str, Link]]]:
    """The links of each string by their ids, the strings of a place in their order."""
    links: dict[str, list[dict[str, Link]]] = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            links[segment.path].append(segment.attrs or {})
    return links


def _links_of(translation: Translation) -> dict[str, list[dict[str, Link]]]:
    """The same of the source."""
    links: dict[str, list[dict[str, Link]]] = defaultdict(list)
    found = StringSegment.objects.filter(source=translation.source).order_by("order", "pk")
    for path, attrs in found.values_list("context__path", "attrs"):
        links[path].append(json.loads(attrs or "{}") or {})
    return links


def _chosen_links(
    links: dict[str, list[dict[str, Link]]],
    own: dict[str, list[dict[str, Link]]],
    choices: Choices,
) -> Iterator[tuple[str, str]]:
    """The places of links, and where each leads to that wagtail-localize can keep."""
    for path, strings in links.items():
        sources = own.get(path, [])
        if len(strings) != len(sources):
            known = [link for attrs in sources for link in attrs.values()]
            choices.lost += [
                _name(link) for attrs in strings for link in attrs.values() if link not in known
            ]
            continue
        targets: dict[str, str] = {}
        for attrs, source_attrs in zip(strings, sources, strict=True):
            for identity, link in attrs.items():
                source = source_attrs.get(identity, {})
                # One address has one place, however many links lead there.
                if _others(link) != _others(source) or (
                    "href" in link
                    and targets.setdefault(source["href"], link["href"]) != link["href"]
                ):
                    choices.lost.append(_name(link))
        for href, target in targets.items():
            yield f"{path}.{quote_path_component(href)}", target


def _others(link: Link) -> Link:
    """A link but for its address; whether it has one counts."""
    return {**link, "href": ""} if "href" in link else link


def _name(link: Link) -> str:
    """A link as an editor knows it."""
    if link.get("linktype") == "page":
        page = Page.objects.filter(pk=link.get("id")).first()
        return str(page) if page is not None else ""
    return str(link.get("href", ""))


def _other_fields(source: Any, instance: Any) -> Iterator[str]:
    """Names of the fields that follow the source without a choice, and differ."""
    for one in get_translatable_fields(type(instance)):
        column = one.get_field(type(instance))
        if not one.is_synchronized(instance) or one.is_overridable(instance):
            continue
        is_column = isinstance(column, Field) and not column.many_to_many
        if is_column and _value(column, source) != _value(column, instance):
            yield capfirst(str(column.verbose_name))


def _value(column: Any, instance: Any) -> Any:
    if column.is_relation:
        related = getattr(instance, column.name)
        return getattr(related, "translation_key", related)
    return column.value_to_string(instance)
