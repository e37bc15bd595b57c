"""Says in ``openapi.json`` what Wagtail's own fields of pages, images, files and redirects hold.

Wagtail 8.0.1 describes none of them, nor the ``sha256`` of ours that it serves beside them. All
other fields of ours say it where they are defined. A description that Wagtail gives wins. Each note
may go when Wagtail gives one.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final

from cms.content.field_notes import Note
from cms.upstream.replacement import Replacement, apply_replacements

ADDRESS: Final = "https://cms.example.org"

_OF_ANYTHING = {
    "meta": Note("What Wagtail says about it: its type, its addresses, its time."),
    "id": Note("Wagtail's id among those of its type.", 87),
    "title": Note("Its title.", "Culture"),
    "width": Note("Width in pixels.", 2400),
    "height": Note("Height in pixels.", 1600),
    "description": Note("What editors wrote about the image.", "A river between mountains."),
    "collection": Note("The folder in which editors keep it."),
    "sha256": Note(
        "SHA-256 of the file, as in documents; empty where it is not known.", "9f86d081"
    ),
    "focal_point_x": Note("Middle of what matters, pixels from the left; null if unmarked.", 1200),
    "focal_point_y": Note("Middle of what matters, pixels from the top; null if unmarked.", 533),
    "focal_point_width": Note("Width of what matters in pixels; null if unmarked.", 400),
    "focal_point_height": Note("Height of what matters in pixels; null if unmarked.", 300),
}

_OF_A_DOCUMENT = _OF_ANYTHING | {
    "id": Note("Wagtail's id in this one language; `key` is the same in all.", 87),
    "title": Note("Title of the page, in `language` unless `languages` says otherwise.", "Culture"),
}

_OF_META = {
    "warnings": Note("What was cut out of rich text; only in the answer to a change."),
    "detail_url": Note("Where the API has it.", f"{ADDRESS}/api/v3/pages/87/"),
    "html_url": Note("Where visitors read it.", f"{ADDRESS}/en/development-areas/culture/"),
    "download_url": Note("Where the file is.", f"{ADDRESS}/documents/4/culture-plan.pdf"),
    "tags": Note("Words by which editors find it.", ["river"]),
    "locale": Note("BCP 47 code of the language in whose tree it stands.", "en"),
    "slug": Note("Last part of its path.", "culture"),
    "first_published_at": Note("When it was first published.", "2027-01-15T08:30:00Z"),
    "show_in_menus": Note("Whether editors want it in menus.", True),
    "seo_title": Note("Title for search engines; empty: the page's own.", "Culture in the north"),
    "search_description": Note("What search engines may show of it.", "Art for everybody."),
    "alias_of": Note("The page whose text this one shows; null for a page with its own.", None),
    "parent": Note("The page above it; null where that is not published."),
}

_OF_A_LIST = {
    "items": Note("At most `limit` of them, from `offset` on."),
    "count": Note("Number of all that were asked for, on every page of the list.", 41),
}

_BY_NAME = {
    "ImageSchema": _OF_ANYTHING | {"title": Note("What editors call the image.", "River in May")},
    "ImageDetailMetaSchema": _OF_META
    | {
        "detail_url": Note("Where the API has the image.", f"{ADDRESS}/api/v3/images/12/"),
        "download_url": Note("Path of the original.", "/media/original_images/river.jpg"),
    },
    "DocumentSchema": _OF_ANYTHING | {"title": Note("What editors call the file.", "Culture plan")},
    "DocumentDetailMetaSchema": _OF_META
    | {
        "detail_url": Note("Where the API has the file.", f"{ADDRESS}/api/v3/documents/4/"),
        "tags": Note("Words by which editors find it.", ["culture"]),
    },
    "RedirectSchema": {
        "id": Note("Wagtail's id of the redirect.", 3),
        "old_path": Note("Path from which it leads on.", "/en/culture"),
        "site_id": Note("Wagtail's id of the site for which it holds; null for all.", 1),
        "is_permanent": Note("Whether it is a 301 rather than a 302.", True),
        "redirect_page_id": Note("Wagtail's id of the page to which it leads; else null.", 87),
        "redirect_page_route_path": Note("What follows the address of that page.", ""),
        "redirect_link": Note("Where it leads if not to a page; else empty.", ""),
        "automatically_created": Note("Whether a move made it, rather than an editor.", True),
        "created_at": Note("When it was made.", "2027-01-15T08:30:00Z"),
    },
    "RichTextRemoval": {
        "tag": Note("Name of the HTML element.", "h1"),
        "action": Note("Whether its content was kept: `unwrapped`, or not.", "unwrapped"),
        "reason": Note("Why it may not stay.", "feature_disabled"),
        "attribute": Note("The attribute that was the reason, if one was.", "linktype"),
        "detail": Note("More about it, if there is more.", "heading"),
    },
}

Schemas = dict[str, dict[str, Any]]


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.api.v3.api:api.get_openapi_schema",
            "9a7f0b5fcf000644cce60b760f84c259ac33bf647173be81dcfd8a8f4a15880e",
            described,
        )
    )


def described(get_openapi_schema: Callable[..., Any]) -> Callable[..., Any]:
    """The description, with what is said of Wagtail's own fields."""

    @wraps(get_openapi_schema)
    def get_described_schema(**kwargs: Any) -> Any:
        description = get_openapi_schema(**kwargs)
        schemas = description["components"]["schemas"]
        for name, member, note in noted_members(schemas):
            _say(schemas[name]["properties"][member], note)
        return description

    return get_described_schema


def noted_members(schemas: Schemas) -> Iterator[tuple[str, str, Note]]:
    """Each member that there is a note for: name of its schema, its own, the note."""
    metas = {
        reference.rsplit("/", 1)[-1]
        for schema in schemas.values()
        if (reference := schema.get("properties", {}).get("meta", {}).get("$ref"))
    }
    for name, schema in schemas.items():
        for member, note in _notes(name, schema, metas).items():
            if member in schema.get("properties", {}):
                yield name, member, note


def _notes(name: str, schema: dict[str, Any], metas: set[str]) -> dict[str, Note]:
    members = schema.get("properties", {})
    if name in metas:
        return _BY_NAME.get(name, _OF_META) | {"type": _note_of_type()}
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.startswith("Paged"):
        return _OF_A_LIST
    if "meta" in members:
        return _OF_A_DOCUMENT if "key" in members else _OF_ANYTHING
    return {}


def _note_of_type() -> Note:
    # It knows all types, some of which are registered after this was put in.
    from cms.delivery.endpoints.schemas import TYPES

    return Note("Label of the type.", TYPES[0])


def _say(member: dict[str, Any], note: Note) -> None:
    member.setdefault("description", note.description)
    if "const" in member:
        member.setdefault("examples", [member["const"]])
    elif note.example is not ...:
        member.setdefault("examples", [note.example])
