"""The one rule for which pages are closed, in every language.

A page is closed if it stands under a restriction, or shows what does: the page that it is
translated from, the page that an alias shows, and what is above any of these, in whatever tree.
Nothing is copied that could be forgotten when a page is opened or moves.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Lookup, Q
from django.db.models.expressions import RawSQL
from wagtail.models import Page, PageViewRestriction

from cms.common.batches import batches
from cms.languages.registry import SOURCE_LANGUAGE_CODE

_CAUSES: Final = f"""
    WITH RECURSIVE cause (id, path, translation_key, locale_id, alias_of_id) AS (
        SELECT closable.id, closable.path, closable.translation_key, closable.locale_id,
            closable.alias_of_id
        FROM wagtailcore_page closable
        WHERE closable.id = {{page}}
        UNION
        SELECT page.id, page.path, page.translation_key, page.locale_id, page.alias_of_id
        FROM cause
        JOIN wagtailcore_page page ON
            page.path = SUBSTR(cause.path, 1, LENGTH(cause.path) - {Page.steplen})
            OR page.id = cause.alias_of_id
            OR (
                page.translation_key = cause.translation_key
                AND page.locale_id <> cause.locale_id
                AND (
                    page.locale_id IN (
                        SELECT locale.id FROM wagtailcore_locale locale
                        WHERE locale.language_code = '{SOURCE_LANGUAGE_CODE}'
                    )
                    OR (
                        SELECT COUNT(*) FROM wagtail_localize_translation translation
                        JOIN wagtail_localize_translationsource origin
                            ON origin.id = translation.source_id
                        WHERE origin.object_id = cause.translation_key
                            AND origin.locale_id = page.locale_id
                            AND translation.target_locale_id = cause.locale_id
                    ) > 0
                )
            )
    )
"""  # noqa: S608 - nothing in it comes from outside
"""The pages by whose restrictions a page is closed: it, what is above it, and what it shows.

Counted instead of asked for with EXISTS, for which PostgreSQL would read all translations first.
"""


_CAUSES_OF_ONE: Final = f"{_CAUSES.format(page='%s')} SELECT id FROM cause"  # noqa: S608


class IsClosed(Lookup[bool]):
    """``id__is_closed=True`` of pages: those that not anybody may see.

    A lookup, which Wagtail's search takes as a filter, as it does no other condition. Where nothing
    on the site is restricted, nothing is looked for.
    """

    lookup_name = "is_closed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Written in SQL, since Django knows no recursive query."""
        page, parameters = self.process_lhs(compiler, connection)
        closed = f"""
            (EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction) AND EXISTS (
                {_CAUSES.format(page=page)}
                SELECT 1 FROM cause
                JOIN wagtailcore_pageviewrestriction restriction ON restriction.page_id = cause.id
            ))
        """  # noqa: S608 - the name of a column
        return (closed if self.rhs else f"NOT {closed}"), parameters


class IsClosedBy(Lookup[bool]):
    """``id__is_closed_by=[…]`` of pages: those that restrictions of some pages close, by ids."""

    lookup_name = "is_closed_by"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Written in SQL, since Django knows no recursive query."""
        page, parameters = self.process_lhs(compiler, connection)
        chosen = ", ".join(str(int(pk)) for pk in self.rhs) or "NULL"
        closed = f"""
            EXISTS (
                {_CAUSES.format(page=page)}
                SELECT 1 FROM cause WHERE cause.id IN ({chosen})
            )
        """  # noqa: S608 - the name of a column, and numbers
        return closed, parameters


Page._meta.get_field("id").register_lookup(IsClosed)
Page._meta.get_field("id").register_lookup(IsClosedBy)


def is_closed() -> Any:
    """An expression by which pages say whether they are closed."""
    return IsClosed(F("id"), True)


def restrictions_of(page_id: int) -> Any:
    """All restrictions by which a page is closed, in whatever tree they stand."""
    causes = RawSQL(_CAUSES_OF_ONE, [page_id])  # noqa: S611
    return PageViewRestriction.objects.filter(page_id__in=causes)


_KEYS_AT_A_TIME: Final = 400


def keys_closed_with(pages: Collection[int]) -> set[UUID]:
    """The keys of all that is closed where some pages are, and is open again where they are.

    Everything below them, what is translated from that and what shows it as an alias, everything
    below these, and so on: some three queries for each language's tree, and for each 400 keys.
    """
    keys: set[UUID] = set()
    roots = _topmost(Page.objects.filter(pk__in=pages).values_list("path", flat=True), ())
    done: list[str] = []
    while roots:
        done += roots
        found: dict[int, UUID] = {}
        for some in batches(roots, _KEYS_AT_A_TIME):
            below = Q(pk__in=[])
            for path in some:
                below |= Q(path__startswith=path)
            rows = Page.objects.filter(below).order_by().values_list("pk", "translation_key")
            found.update(rows.iterator())
        new = set(found.values()) - keys
        keys |= new
        others: set[str] = set()
        for wanted in batches(sorted(new), _KEYS_AT_A_TIME):
            versions = Page.objects.filter(translation_key__in=wanted)
            others.update(versions.order_by().values_list("path", flat=True))
        for ids in batches(sorted(found), _KEYS_AT_A_TIME):
            aliases = Page.objects.filter(alias_of__in=ids)
            others.update(aliases.order_by().values_list("path", flat=True))
        roots = _topmost(others, done)
    return keys


def _topmost(paths: Iterable[str], known: Collection[str]) -> list[str]:
    """Those of some paths that lie neither below another of them nor below what is known."""
    top: list[str] = []
    known = tuple(known)
    for path in sorted(set(paths)):
        if not path.startswith(known) and not (top and path.startswith(top[-1])):
            top.append(path)
    return top


@contextmanager
def staying_closed(pages: Collection[int]) -> Iterator[None]:
    """Keeps pages closed that would be open after what is done within, such as a deletion.

    Each is given restrictions of its own, as those by which it was closed before.
    """
    closed = Page.objects.filter(pk__in=pages, id__is_closed=True).values_list("pk", flat=True)
    before = {
        pk: [(cause, list(cause.groups.all())) for cause in restrictions_of(pk)] for pk in closed
    }
    yield
    if not before:
        return
    for page in Page.objects.filter(pk__in=before, id__is_closed=False):
        for cause, groups in before[page.pk]:
            own = PageViewRestriction(
                page=page, restriction_type=cause.restriction_type, password=cause.password
            )
            own.save()
            own.groups.set(groups)
