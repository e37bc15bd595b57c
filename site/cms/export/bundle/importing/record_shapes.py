"""The members of each record and what may stand in them; the fields of pages are judged by theirs.

What no shape knows is refused: it would be lost, and is mostly a name that is misspelt.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from cms.common.characters import not_in_xml
from cms.export.bundle.editable import files
from cms.export.bundle.importing.refusals import FilePosition, RefusedBundle
from cms.translation.models import Review, SameOnPurpose, Suggestion

DEPTH: Final = 100
"""Objects and lists in one another; a body needs fewer than twenty."""

_INTEGERS: Final = 1 << 63
"""Numbers from here on are held by no database."""

_DAY: Final = timedelta(days=1)


def moment_of(text: str | None) -> datetime | None:
    """The moment in time that a record names.

    Raises:
        ValueError: there is no such moment in any calendar, or not in every time zone.
    """
    if text is None:
        return None
    try:
        found = parse_datetime(text)
        if found is None:
            raise ValueError(text)
        found = make_aware(found) if is_naive(found) else found
        in_utc = found.astimezone(UTC)
        # Readers see it in a time zone of their own.
        _everywhere = (in_utc - _DAY, in_utc + _DAY)
    except (OverflowError, ValueError) as error:
        raise ValueError(
            f"{text!r:.40} is no moment in time. Write it as 2026-11-30T08:30:00+00:00"
        ) from error
    return found


def _is_moment(text: str) -> str:
    moment_of(text)
    return text


_Moment = Annotated[str, AfterValidator(_is_moment)]
_Short = Annotated[str, Field(max_length=255)]
_Tag = Annotated[str, Field(min_length=1, max_length=100)]
_Pixels = Annotated[int, Field(ge=0, le=1_000_000)]
_Side = Annotated[int, Field(ge=1, le=1_000_000)]
_Bytes = Annotated[int, Field(ge=0, lt=_INTEGERS)]
_Sha256 = Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]
_Port = Annotated[int, Field(ge=1, le=65_535)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _MissingFile(_Shape):
    size: _Bytes | None
    sha256: _Sha256


class _MissingImage(_MissingFile):
    width: _Side
    height: _Side


class _File(_Shape):
    file: Annotated[str, Field(min_length=1, max_length=100)]
    title: str
    collection: list[Any] = []
    tags: list[_Tag] = []
    created_at: _Moment | None = None
    # May be left out, and is never null.
    missing: _MissingFile = Field(default=None)  # type: ignore[assignment]


class _Image(_File):
    description: str = ""
    credit: str = ""
    focal_point_x: _Pixels | None = None
    focal_point_y: _Pixels | None = None
    focal_point_width: _Pixels | None = None
    focal_point_height: _Pixels | None = None
    missing: _MissingImage = Field(default=None)  # type: ignore[assignment]


class _Schedule(_Shape):
    go_live_at: _Moment | None = None
    expire_at: _Moment | None = None


class _Draft(_Schedule):
    fields: dict[str, Any]
    scheduled_at: _Moment | None = None


class _Snippet(_Schedule):
    type: str
    key: str
    locale: str
    live: bool = False
    expired: bool = False
    first_published_at: _Moment | None = None
    last_published_at: _Moment | None = None
    modified_at: _Moment | None = None
    fields: dict[str, Any]
    draft: _Draft = Field(default=None)  # type: ignore[assignment]


class _Page(_Snippet):
    position: int | None = Field(default=None, ge=0, lt=2**53)
    parent: str | None = None
    alias_of: str | None = None


class _Begun(_Shape):
    uuid: str
    locale: str
    enabled: bool = False
    created_at: _Moment
    translations_last_updated_at: _Moment | None = None
    destination_last_updated_at: _Moment | None = None


class _Translation(_Shape):
    locale: str
    data: str
    translation_type: Literal["", "manual", "machine"] = ""
    tool_name: _Short = ""
    has_error: bool = False
    field_error: str = ""
    review: Literal[tuple(Review.State.values)] | None = None  # type: ignore[valid-type]
    created_at: _Moment
    updated_at: _Moment


class _Place(_Shape):
    path: str
    field_path: str = ""


class _String(_Place):
    source: str
    source_locale: str
    translations: list[_Translation] = []


class _SourceChange(_Place):
    source_locale: str
    previous: str
    current: str | None = None
    changed_at: _Moment


class _Override(_Place):
    locale: str
    data: str
    has_error: bool = False
    field_error: str = ""
    created_at: _Moment
    updated_at: _Moment


class _Suggestion(_Place):
    locale: str
    source: str
    data: str
    reason: Literal[tuple(Suggestion.Reason.values)]  # type: ignore[valid-type]
    origin: _Short = ""
    made_at: _Moment


class _Version(_Place):
    source: str
    source_locale: str
    locale: str
    data: str
    tool: _Short = ""
    is_machine: bool = False
    made_at: _Moment


class _TranslationSource(_Shape):
    type: str
    key: str
    locale: str
    created_at: _Moment
    last_updated_at: _Moment
    changed_at: _Moment | None = None
    translations: list[_Begun] = []
    strings: list[_String] = []
    changes: list[_SourceChange] = []
    overrides: list[_Override] = []
    suggestions: list[_Suggestion] = []
    versions: list[_Version] = []


class _SiteEntry(_Shape):
    # A bundle that people write may leave it to the site that takes it in.
    hostname: _Short = ""
    port: _Port = 80
    name: _Short = ""
    root: str | None
    is_default: bool = False


class _Redirect(_Shape):
    old_path: _Short
    site: str | None = None
    is_permanent: bool = False
    page: str | None = None
    route_path: _Short = ""
    link: _Short = ""
    is_automatic: bool = False
    created_at: _Moment | None = None
    modified_at: _Moment | None = None


class _Restriction(_Shape):
    type: str
    password: _Short = ""
    groups: list[Annotated[str, Field(min_length=1, max_length=150)]] = []


class _PageRestriction(_Restriction):
    page: str | None


class _CollectionRestriction(_Restriction):
    collection: list[Any]


class _Said(_Shape):
    locale: str
    text: str
    how: Literal[tuple(SameOnPurpose.How.values)] = "bundle"  # type: ignore[valid-type]
    origin: _Short = ""


class _SourceThatWent(_Shape):
    key: str
    locale: str
    is_source: bool
    is_translation: bool
    titles: str
    texts: str


class _Site(_Shape):
    sites: list[_SiteEntry] = []
    redirects: list[_Redirect] = []
    open_data: dict[str, Any] | None = None
    same_on_purpose: list[_Said] = []
    sources_that_went: list[_SourceThatWent] = []
    collections: list[list[Any]] = []
    page_restrictions: list[_PageRestriction] = []
    collection_restrictions: list[_CollectionRestriction] = []


_SHAPES: Final[dict[str, TypeAdapter[Any]]] = {
    files.SITE: TypeAdapter(_Site),
    files.IMAGES: TypeAdapter(_Image),
    files.DOCUMENTS: TypeAdapter(_File),
    files.SNIPPETS: TypeAdapter(_Snippet),
    files.PAGES: TypeAdapter(_Page),
    files.TRANSLATIONS: TypeAdapter(_TranslationSource),
}


def check_record(name: str, place: FilePosition, record: Any) -> None:
    """Refuses a record that is not as those of its file are.

    Args:
        name: of the file, in the form for programs.

    Raises:
        RefusedBundle: with the member, and what is expected there.
    """
    _refuse_unstorable(place, record)
    try:
        _SHAPES[name].validate_python(record)
    except ValidationError as error:
        raise _first_of(error, place) from error


def _first_of(error: ValidationError, place: FilePosition) -> RefusedBundle:
    first = error.errors(include_url=False)[0]
    at = place
    for step in first["loc"]:
        at = at.inside(f"{step!s:.80}")
    if first["type"] == "extra_forbidden":
        return at.refuse("there is no such member here. Is the name right?")
    shown = "" if first["type"] == "missing" else f" ({first['input']!r:.80})"
    return at.refuse(f"{first['msg'].removeprefix('Value error, ')}.{shown}")


def _refuse_unstorable(place: FilePosition, record: Any) -> None:
    """Refuses what no database, no XML file or no program could hold, wherever it stands."""
    waiting: list[tuple[Any, FilePosition, int]] = [(record, place, 0)]
    while waiting:
        value, at, depth = waiting.pop()
        if isinstance(value, str):
            if found := not_in_xml(value):
                raise at.refuse(f"the character {found} cannot be stored. Take it out.")
        elif isinstance(value, dict | list):
            if depth >= DEPTH:
                raise place.refuse(f"more than {DEPTH} lists and objects stand in one another.")
            members = value.items() if isinstance(value, dict) else enumerate(value)
            for name, member in members:
                if isinstance(name, str) and not_in_xml(name):
                    raise at.refuse(f"the name {name!r:.80} cannot be stored.")
                waiting.append((member, at.inside(f"{name!s:.80}"), depth + 1))
        elif isinstance(value, int) and not -_INTEGERS <= value < _INTEGERS:
            raise at.refuse(f"{value!r:.40} is a number that no database holds.")
