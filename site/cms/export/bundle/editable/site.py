"""Records that belong to no page: sites, collections, redirects, restrictions."""

from datetime import datetime
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.content.redirect_documents import REDIRECT_TYPE
from cms.delivery.models import PublishedDocument
from cms.export.bundle.editable.lines import collection_names
from cms.export.bundle.editable.records import moment
from cms.export.bundle.editable.references import Names
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.text_languages import same_on_purpose, sources_that_went
from cms.export.models import OpenData

Entry = dict[str, Any]

OPEN_DATA = tuple(
    field.name
    for field in OpenData._meta.concrete_fields
    if field.name not in ("id", "issued_at", "changed_at")
)
"""How the region describes its open data."""


def site_record(scope: Scope) -> Entry:
    """The record of the site. Restrictions are those of private pages and collections."""
    names = Names(scope.chosen)
    redirects = Redirect.objects.select_related("site").order_by("old_path", "site__hostname")
    restrictions = PageViewRestriction.objects.order_by("page__path", "pk")
    sites = Site.objects.order_by("hostname", "port")
    for identity in (
        *redirects.values_list("redirect_page", flat=True),
        *restrictions.values_list("page", flat=True),
        *sites.values_list("root_page", flat=True),
    ):
        names.collect(Page, identity)
    names.find()
    modified: dict[int, datetime | None] = dict(
        PublishedDocument.objects.filter(type=REDIRECT_TYPE).values_list("object_id", "modified_at")
    )
    record: Entry = {
        "sites": [
            {
                "hostname": site.hostname,
                "port": site.port,
                "name": site.site_name,
                "root": names.name(Page, site.root_page_id),
                "is_default": site.is_default_site,
            }
            for site in sites
        ],
        "redirects": [
            _redirect(redirect, names, modified.get(redirect.pk))
            for redirect in redirects
            if redirect.redirect_page_id is None or names.name(Page, redirect.redirect_page_id)
        ],
        "open_data": OpenData.objects.values(*OPEN_DATA).first(),
        "same_on_purpose": same_on_purpose(scope),
        "sources_that_went": sources_that_went(scope),
    }
    if scope.private:
        collections = collection_names()
        closed = CollectionViewRestriction.objects.order_by("collection__path", "pk")
        record["collections"] = [collections[pk] for pk in sorted_collections()]
        record["page_restrictions"] = [
            {"page": names.name(Page, one.page_id), **_restriction(one)} for one in restrictions
        ]
        record["collection_restrictions"] = [
            {"collection": collections[one.collection_id], **_restriction(one)} for one in closed
        ]
    return record


def sorted_collections() -> list[int]:
    """Ids of all collections but the root, each after the one above it."""
    found = Collection.objects.filter(depth__gt=1).order_by("path")
    return list(found.values_list("pk", flat=True))


def _redirect(redirect: Redirect, names: Names, modified_at: datetime | None) -> Entry:
    return {
        "old_path": redirect.old_path,
        "site": redirect.site.hostname if redirect.site else None,
        "is_permanent": redirect.is_permanent,
        "page": names.name(Page, redirect.redirect_page_id) if redirect.redirect_page_id else None,
        "route_path": redirect.redirect_page_route_path,
        "link": redirect.redirect_link,
        "is_automatic": redirect.automatically_created,
        "created_at": moment(redirect.created_at),
        "modified_at": moment(modified_at),
    }


def _restriction(restriction: Any) -> Entry:
    return {
        "type": restriction.restriction_type,
        "password": restriction.password,
        "groups": sorted(restriction.groups.values_list("name", flat=True)),
    }
