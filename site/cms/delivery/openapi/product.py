"""The beginning of the description: what this is, where it is, who needs a token for what."""

from typing import Any, Final

from cms.content.model_version import CONTENT_MODEL_VERSION
from cms.delivery.openapi.references import operations

TOKEN: Final = "BearerTokenAuth"  # noqa: S105 - the name of a scheme

INFO: Final = {
    "title": "strategy-cms",
    "summary": "What is published, in every language, for other sites.",
    "description": "Reading what is published needs no token and works from any origin. With a "
    "token one reads drafts too, and writes. The version is that of the content model: of types, "
    "fields and blocks.",
    "version": CONTENT_MODEL_VERSION,
    "license": {"name": "BSD 3-Clause", "identifier": "BSD-3-Clause"},
}

TAGS: Final = {
    "pages": "Pages, one by one and in lists, and what is done to them with a token.",
    "entries": "Whole documents of pages and facts, in a language or the best of its fallbacks.",
    "changes": "What came, changed and went since a cursor.",
    "export": "Everything in one stream or file.",
    "languages": "Which languages there are, and how much is live in each.",
    "tree": "The tree of a language in its order, for menus and sitemaps.",
    "choices": "What the choices of fields are called, in the languages of the admin.",
    "preview": "Drafts, for whoever holds a token of one page.",
    "stories": "Stories of what the support has led to.",
    "images": "Pictures, and their files.",
    "documents": "Files to download.",
    "redirects": "Addresses that lead to others.",
    "snippets": "Facts as editors have them; `entries` has what is published of them.",
    "schema": "The types that can be written, each with its schema.",
    "sites": "The sites of this installation.",
    "locales": "The languages as editors manage them; `languages` is what readers need.",
    "auth": "Whose token it is.",
}
"""A sentence on each group of operations, by its tag."""


SHOWS_MORE: Final = "x-with-a-token"
"""Says ``more`` of a reading that anybody may do, and that shows more to whoever has a token."""


def present(description: Any) -> None:
    """Says what the API is, describes its groups, and names a token where one is needed alone."""
    description["info"] = INFO
    used = {tag for _path, _method, each in operations(description) for tag in each.get("tags", ())}
    description["tags"] = [
        {"name": name, "description": text} for name, text in TAGS.items() if name in used
    ] + [{"name": name} for name in sorted(used - TAGS.keys())]
    description["security"] = []
    for _path, _method, operation in operations(description):
        if {} in operation.get("security", ()):
            # Anybody may ask. Generators would want a token of everybody.
            del operation["security"]
            operation[SHOWS_MORE] = "more"


def serve_from(description: Any, address: str) -> Any:
    """The description, with the address of the site that it describes."""
    server = {"url": address, "description": "This site."}
    return {**description, "servers": [server]}
