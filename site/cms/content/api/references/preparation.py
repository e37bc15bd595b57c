"""Prepares pages and snippets to be served: fetches together what they refer to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin

from cms.content.api.references.loading import References
from cms.content.api.references.reference_ids import Wanted
from cms.content.api.references.resolver import Resolver
from cms.content.api.rich_text_html import collect_links
from cms.content.api.streams.values import find_leaves

_RESOLVER = "_content_resolver"


def prepare(owners: Sequence[Any], request: HttpRequest | None) -> None:
    """Fetches what the owners (pages or snippets) refer to and gives each its resolver.

    A fixed number of queries for any number of owners of the same types.
    """
    _load_children(owners)
    wanted, own = Wanted(), []
    for owner in owners:
        own.append(Wanted())
        collect(owner, own[-1])
        if isinstance(owner, TranslatableMixin) and not isinstance(owner, Page):
            # For its document, which names the languages in which it is published.
            own[-1].add(type(owner), owner.pk)
        wanted.update(own[-1])
    references = References(owners, wanted)
    for owner, wanted_by_owner in zip(owners, own, strict=True):
        _reuse_relatives(owner, references)
        setattr(owner, _RESOLVER, Resolver(owner, references, request, wanted_by_owner))


def resolver_of(obj: Any, request: HttpRequest | None = None) -> Resolver:
    """The resolver of a page or snippet, or of the one to which a child row belongs."""
    owner = owner_of(obj)
    if getattr(owner, _RESOLVER, None) is None:
        prepare([owner], request)
    resolver: Resolver = getattr(owner, _RESOLVER)
    return resolver


def owner_of(obj: Any) -> Any:
    """The page or snippet itself, or the parent of a child row."""
    for field in obj._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            return getattr(obj, field.name)
    return obj


def collect(obj: Any, wanted: Wanted) -> None:
    """Asks for everything to which the served fields of an object point."""
    for api_field in APIField.get_fields_for_model(type(obj), db_fields_only=True):
        field: Any = get_model_field(type(obj), api_field.name)
        if isinstance(field, StreamField):
            stream = getattr(obj, field.name)
            for found in find_leaves(stream.stream_block, stream.get_prep_value(), "", ""):
                found.leaf.collect(found.block, found.raw, wanted)
        elif isinstance(field, RichTextField):
            collect_links(getattr(obj, field.name) or "", wanted)
        elif isinstance(field, ForeignKey):
            related: Any = field.related_model
            wanted.add(related, getattr(obj, field.attname))
        elif isinstance(field, ForeignObjectRel):
            for child in getattr(obj, str(field.get_accessor_name())).all():
                collect(child, wanted)


def _load_children(owners: Iterable[Any]) -> None:
    """Loads the child rows of all owners, one query for each relation of each type."""
    by_type: dict[type[Any], list[Any]] = {}
    for owner in owners:
        if isinstance(owner, ClusterableModel):
            by_type.setdefault(type(owner), []).append(owner)
    for model, group in by_type.items():
        for api_field in APIField.get_fields_for_model(model, db_fields_only=True):
            relation: Any = get_model_field(model, api_field.name)
            if not isinstance(relation, ForeignObjectRel):
                continue
            name = relation.get_accessor_name()
            # A draft carries its rows with it.
            unloaded = [
                owner
                for owner in group
                if name not in owner.__dict__.get("_cluster_related_objects", {})
            ]
            if not unloaded:
                continue
            rows: dict[Any, list[Any]] = {owner.pk: [] for owner in unloaded}
            parent, child_model = _child_side(relation)
            # Rows that were never put in an order come as they were made, on every database.
            for child in child_model._default_manager.filter(
                **{f"{parent.name}__in": [owner.pk for owner in unloaded]}
            ).order_by(*child_model._meta.ordering, "pk"):
                rows[getattr(child, parent.attname)].append(child)
            for owner in unloaded:
                for child in rows[owner.pk]:
                    setattr(child, parent.name, owner)
                owner.__dict__.setdefault("_cluster_related_objects", {})[name] = rows[owner.pk]


def _child_side(relation: Any) -> tuple[Any, Any]:
    return relation.field, relation.related_model


def _reuse_relatives(owner: Any, references: References) -> None:
    """Spares Wagtail's own schema the queries for what was fetched just now."""
    if not isinstance(owner, Page):
        return
    fetched = references.every_page
    if own := fetched.get(owner.pk):
        owner.locale = own.locale
        owner.alias_language = own.alias_language
    parent_path = owner.path[: -Page.steplen] if owner.path else ""
    parent = references.every_page_by_path.get(parent_path)
    if parent is not None:
        # Where treebeard itself keeps a parent that it has fetched.
        owner._cached_parent_obj = parent  # noqa: SLF001
