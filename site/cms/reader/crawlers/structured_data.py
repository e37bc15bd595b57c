"""Structured data of a page, for search engines: schema.org as JSON-LD."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.safestring import SafeString

from cms.common.site_address import site_address
from cms.content.api.collections import registered_collections
from cms.reader.surroundings.frame import Site

_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""Signs that would end the element in which the data stands."""


def structured_data(document: Mapping[str, Any], site: Site) -> SafeString:
    """A page as JSON-LD: the site of an authority, a data set, an article; then where it stands."""
    if not document["path"]:
        return SafeString()
    base = site_address()
    graph = [_breadcrumbs(document, base)]
    if site.start is not None and site.start.key == document["key"]:
        graph = [*_of_start_page(document, site, base)]
    elif any(one.type == document["type"] for one in registered_collections()):
        graph.append(_article(document, site, base))
    else:
        graph.append(_web_page(document, base))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    for sign, escaped in _ESCAPED.items():
        text = text.replace(sign, escaped)
    return SafeString(text)


def _of_start_page(document: Mapping[str, Any], site: Site, base: str) -> list[dict[str, Any]]:
    described = site.described or {}
    name = described.get("name") or document["title"]
    address = f"{base}{document['path']}"
    return [
        {
            "@type": "GovernmentOrganization",
            "@id": f"{base}/#organization",
            "name": name,
            "url": address,
        },
        {
            "@type": "WebSite",
            "name": name,
            "url": address,
            "inLanguage": document["language"],
            "publisher": {"@id": f"{base}/#organization"},
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{base}/search/{site.tree.locale}/?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        },
        {
            "@type": "Dataset",
            "name": name,
            "description": described.get("tagline") or name,
            "url": f"{base}/api/v3/docs/",
            "creator": {"@id": f"{base}/#organization"},
            "isAccessibleForFree": True,
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/x-ndjson",
                "contentUrl": f"{base}/api/v3/export/{site.tree.locale}.ndjson",
            },
        },
    ]


def _web_page(document: Mapping[str, Any], base: str) -> dict[str, Any]:
    return {"@type": "WebPage", **_dated(document, base), "name": document["title"]}


def _article(document: Mapping[str, Any], site: Site, base: str) -> dict[str, Any]:
    found = {
        "@type": "Article",
        **_dated(document, base),
        "headline": document["title"],
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": (site.described or {}).get("name") or document["title"],
        },
    }
    renditions = (document.get("image") or {}).get("renditions") or []
    if renditions:
        # The last form is the one that everybody reads.
        found["image"] = renditions[-1]["url"]
    return found


def _dated(document: Mapping[str, Any], base: str) -> dict[str, Any]:
    dates = {"datePublished": document["published_at"], "dateModified": document["modified_at"]}
    return {
        "url": f"{base}{document['path']}",
        "inLanguage": document["language"],
        **{name: date for name, date in dates.items() if date},
    }


def _breadcrumbs(document: Mapping[str, Any], base: str) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb["title"],
                "item": f"{base}{crumb['path']}",
            }
            for position, crumb in enumerate(document["breadcrumbs"], 1)
        ],
    }
