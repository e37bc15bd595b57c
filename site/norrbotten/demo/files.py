"""Reads the demo's files; knows their layout and nothing of Wagtail.

``content/<language>/`` holds one file per page, at the page's path in the tree, and under
``snippets/`` one per kind of snippet. ``start.yaml`` is the start page. The Swedish files are
complete; a translation's file stands at the same path and mirrors its structure, with texts only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final
from uuid import UUID, uuid5

import yaml

from norrbotten.demo.errors import Place

CONTENT: Final = Path(__file__).parent / "content"
MEDIA: Final = Path(__file__).parent / "media"

HOME: Final = ""
"""The path of the start page."""

_HOME_FILE: Final = "start"
_SNIPPETS: Final = "snippets"

# Part of every key of the demo: whoever changes it makes all its pages and snippets strangers.
_NAMESPACE: Final = UUID("6d1f6f0e-6a0b-5c8e-9d0a-5a1b7c3e2f40")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A page as a file describes it.

    Attributes:
        path: its path below the start page, such as ``utvecklingsomraden/kultur``, the same in
            every language; empty for the start page.
        type: label of its model, such as ``strategy.CulturePage``; empty in a translation.
        order: its place among its siblings.
        fields: what the file says of the model's fields.
        place: the file, for error messages.
    """

    path: str
    type: str
    order: int
    fields: Mapping[str, Any]
    place: Place

    @property
    def key(self) -> UUID:
        """The translation key of the page, the same wherever and whenever it is loaded."""
        return page_key(self.path)

    @property
    def parent_path(self) -> str:
        """The path of its parent page; the start page's is its own."""
        parent = PurePosixPath(self.path).parent
        return HOME if parent == PurePosixPath() else str(parent)

    @property
    def name(self) -> str:
        """The last part of its path: the slug of the Swedish page."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetFile:
    """A snippet as a file describes it.

    Attributes:
        kind: name of its model in the strategy app, in lower case, such as ``municipality``.
        name: how the demo's pages refer to it, such as ``2580``.
    """

    kind: str
    name: str
    fields: Mapping[str, Any]
    place: Place

    @property
    def key(self) -> UUID:
        """The translation key of the snippet."""
        return snippet_key(self.kind, self.name)


def page_key(path: str) -> UUID:
    """Return the translation key of the demo's page at ``path``."""
    return uuid5(_NAMESPACE, f"page/{path}")


def snippet_key(kind: str, name: str) -> UUID:
    """Return the translation key of the demo's snippet ``name`` of that kind."""
    return uuid5(_NAMESPACE, f"{kind}/{name}")


def languages() -> list[str]:
    """Return the codes of the languages that have files."""
    return sorted(folder.name for folder in CONTENT.iterdir() if folder.is_dir())


def read_pages(language: str) -> dict[str, PageFile]:
    """Return the pages of a language by path: parents before children, siblings in their order.

    Raises:
        DemoContentError: a file is no mapping, or a page stands where it has no parent.
    """
    folder = CONTENT / language
    found = [
        _read_page(file, folder)
        for file in folder.rglob("*.yaml")
        if file.relative_to(folder).parts[0] != _SNIPPETS
    ]
    # Sorting by (depth, order) keeps parents before children and siblings in order.
    found.sort(key=lambda page: (_depth(page.path), page.order, page.path))
    pages = {page.path: page for page in found}
    for page in found:
        if page.parent_path not in pages:
            raise page.place.error(
                f"There is no parent page {page.parent_path!r} in {language}. Add its file first."
            )
    return pages


def read_snippets(language: str) -> Iterator[SnippetFile]:
    """Yield the snippets of a language, kind by kind."""
    for file in sorted((CONTENT / language / _SNIPPETS).glob("*.yaml")):
        place = Place(file.relative_to(CONTENT).as_posix())
        for name, fields in _read_mapping(file, place).items():
            if not isinstance(fields, dict):
                raise place.inside(str(name)).error("Expected fields and their values.")
            yield SnippetFile(
                kind=file.stem, name=str(name), fields=fields, place=place.inside(str(name))
            )


def read_media_list() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Return ``{"images" | "documents": {file name: {"title": …}}}`` from ``media/media.yaml``."""
    return _read_mapping(MEDIA / "media.yaml", Place("media/media.yaml"))


def _read_page(file: Path, folder: Path) -> PageFile:
    place = Place(file.relative_to(CONTENT).as_posix())
    fields = dict(_read_mapping(file, place))
    path = file.relative_to(folder).with_suffix("").as_posix()
    return PageFile(
        path=HOME if path == _HOME_FILE else path,
        type=fields.pop("type", ""),
        order=fields.pop("order", 0),
        fields=fields,
        place=place,
    )


def _read_mapping(file: Path, place: Place) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise place.error(f"This is not YAML. {error}") from error
    if not isinstance(content, dict):
        raise place.error("Expected names and their values.")
    return content


def _depth(path: str) -> int:
    return len(PurePosixPath(path).parts)
