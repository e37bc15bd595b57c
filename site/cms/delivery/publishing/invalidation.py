"""Invalidates published documents when something that they show is changed.

A document's dependencies are stored as tokens. Whoever changes something invalidates its tokens
(see ``tracking/transaction.py``); here the documents that show it are rendered again. A few are
done at once, in the transaction of the change; many wait for the worker, and are served as they
were until then. A document that nobody may see any more is removed at once, however many.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.content.api.references.dependencies import page_token
from cms.content.redirect_documents import REDIRECT_TYPE, redirect_path, stored_path
from cms.content.site_roots import site_roots_read_once
from cms.delivery.models import DocumentToken, Feed, PendingRefresh, PublishedDocument
from cms.delivery.publishing.change import Change
from cms.delivery.publishing.publishable import (
    PublishableRef,
    all_publishables,
    find_publishables,
    load,
    public_pages_of,
    publishable_ref,
    redirect_refs,
    still_public,
)
from cms.delivery.publishing.redirects import delivered_ids, delivered_ids_to
from cms.delivery.publishing.rendering import render
from cms.delivery.publishing.sequence import lock_sequence
from cms.delivery.publishing.store import store
from cms.translation.lifecycle.closed_pages import keys_closed_with

AT_ONCE: Final = 100
"""Documents that are rendered in the transaction of a change: about half a second."""

AT_ONCE_WHERE_HIDDEN: Final = 500
"""The same where something may no longer be seen, and others show its title."""

BATCH: Final = 100
"""Documents rendered together; what they hold is in memory at a time."""

_IDS_AT_A_TIME: Final = 500

EVERYTHING: Final = "all"
EVERY_REDIRECT: Final = "redirects"
_SUBTREE: Final = "subtree:"
_CLOSURE: Final = "closure:"


@dataclass(slots=True)
class Invalidation:
    """A set of changes, of which documents may show something.

    Attributes:
        tokens: of pages, snippets, images and files.
        subtrees: ids of pages of which everything below has another address.
        closures: ids of pages that may have been closed or opened, which everything below them
            follows, in every language.
        redirects: those that were stored or deleted, by id, each with the path from which it leads.
        deleted: tokens, among the others, of what is deleted in a language. Who pointed to that
            row points to nothing now, though what it showed may be live in another language.
    """

    tokens: set[str] = field(default_factory=set)
    subtrees: set[int] = field(default_factory=set)
    closures: set[int] = field(default_factory=set)
    everything: bool = False
    deleted: set[str] = field(default_factory=set)
    redirects: set[tuple[int, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(
            self.tokens or self.subtrees or self.closures or self.everything or self.redirects
        )

    def update(self, other: "Invalidation") -> None:
        """Adds the changes of another."""
        self.tokens |= other.tokens
        self.subtrees |= other.subtrees
        self.closures |= other.closures
        self.everything |= other.everything
        self.deleted |= other.deleted
        self.redirects |= other.redirects


@dataclass(slots=True)
class Affected:
    """The documents that a change affects, and the pages, snippets, redirects that should have one.

    Attributes:
        gone: ids of documents whose page, snippet or redirect is nothing for anybody any more.
        publishables: pages, snippets and redirects to render.
        elsewhere: keys of pages that have no document to compare: those under no site, and those
            that are gone and had none.
    """

    gone: set[int]
    publishables: set[PublishableRef]
    elsewhere: set[UUID] = field(default_factory=set)


@site_roots_read_once()
def refresh(feed: Feed, touched: Invalidation) -> Collection[str]:
    """Renders what a change affects; returns the tokens of what is too much to do at once.

    The caller hands these to the backlog, in the same transaction.

    First what was changed itself, in all its languages. Others are rendered only where it shows:
    where the title or the path is another, or the page came or went. The feed must be held; see
    :mod:`cms.delivery.publishing.sequence`.
    """
    if touched.everything:
        return _refresh_everything(feed)
    left = _refresh_redirects(feed, touched.redirects) if touched.redirects else []
    if touched.tokens or touched.subtrees or touched.closures:
        left += _refresh_content(feed, touched)
    return left


def _refresh_content(feed: Feed, touched: Invalidation) -> list[str]:
    """Renders what a change of pages, snippets, images and files affects."""
    tokens = touched.tokens | subtree_tokens(touched.subtrees) | closure_tokens(touched.closures)
    own = _of_keys(tokens)
    # What is closed is named nowhere from the moment on in which it is, however long that takes.
    is_closed = bool(own.gone and touched.closures)
    if len(own.publishables) > AT_ONCE and not is_closed:
        # What nobody may see goes at once.
        _render(feed, Affected(own.gone, set()))
        return _pending_tokens(touched)
    shown = _changed_summaries(feed, tokens, own) | touched.deleted
    others = affected_by(shown, by_key=False)
    # Below what has moved are redirects that nobody has told of: thousands at a time.
    led_to = shown | subtree_tokens(touched.subtrees)
    others.publishables |= redirect_refs(delivered_ids_to(_keys(led_to, "page:")))
    others.publishables -= own.publishables
    limit = AT_ONCE_WHERE_HIDDEN if own.gone else AT_ONCE
    if len(others.publishables) > limit and not is_closed:
        _render(feed, Affected(others.gone, set()))
        return [*shown]
    _render(feed, others)
    # What waited for the worker is done with this.
    if done := _FIND_PENDING(_pending_tokens(touched)):
        PendingRefresh.objects.filter(pk__in=[pk for (pk,) in done]).delete()
    return []


_FIND_PENDING: Final = PreparedQuery(
    lambda tokens: PendingRefresh.objects.filter(token__in=tokens).values_list("pk")
)


def _refresh_redirects(feed: Feed, redirects: Collection[tuple[int, str]]) -> list[str]:
    """Renders redirects that were stored or deleted, and others that lead from the same paths."""
    documents: set[int] = set()
    ids = {pk for pk, _path in redirects}
    paths = {path for _pk, path in redirects}
    for some in batches(sorted(ids), _IDS_AT_A_TIME):
        known = PublishedDocument.objects.filter(type=REDIRECT_TYPE, object_id__in=some)
        for pk, path in known.values_list("pk", "path"):
            documents.add(pk)
            # From there it led before.
            paths.add(stored_path(str(path)))
    for some_paths in batches(sorted(map(redirect_path, paths)), _IDS_AT_A_TIME):
        known = PublishedDocument.objects.filter(type=REDIRECT_TYPE, path__in=some_paths)
        documents.update(known.values_list("pk", flat=True))
    affected = judged(documents)
    affected.publishables |= redirect_refs(delivered_ids(ids, paths=paths))
    if len(affected.publishables) > AT_ONCE:
        _render(feed, Affected(affected.gone, set()))
        return [EVERY_REDIRECT]
    _render(feed, affected)
    return []


def _refresh_everything(feed: Feed) -> Collection[str]:
    affected = affected_by_everything()
    if len(affected.publishables) > AT_ONCE:
        _render(feed, Affected(affected.gone, set()))
        return [EVERYTHING]
    _render(feed, affected)
    PendingRefresh.objects.all().delete()
    return []


def _of_keys(tokens: Collection[str]) -> Affected:
    """The pages and snippets that tokens name, and those of their documents that are gone."""
    affected = Affected(set(), set())
    for keys in batches(sorted(_keys(tokens, "page:")), _IDS_AT_A_TIME):
        delivered, elsewhere = public_pages_of(keys)
        affected.publishables |= delivered
        affected.elsewhere |= elsewhere
        if not delivered:
            affected.elsewhere |= set(keys) - {key for (key,) in _FIND_KEYS(keys)}
    for keys in batches(sorted(_keys(tokens, "snippet:")), _IDS_AT_A_TIME):
        affected.publishables |= find_publishables(snippet_keys=keys)
    every_key = sorted(_keys(tokens, "page:") | _keys(tokens, "snippet:"))
    for keys in batches(every_key, _IDS_AT_A_TIME):
        documents = _publishables_of(_FIND_OF_KEYS(keys))
        unseen = {pk: ref for pk, ref in documents.items() if ref not in affected.publishables}
        # A document whose page has another key now is judged by the page.
        public = still_public(unseen.values()) if unseen else set()
        affected.gone.update(pk for pk, ref in unseen.items() if ref not in public)
    return affected


_FIND_KEYS: Final = PreparedQuery(
    lambda keys: (
        Page.objects.filter(translation_key__in=keys).order_by().values_list("translation_key")
    )
)
_REF: Final = ("pk", "page_id", "type", "object_id")
_FIND_OF_KEYS: Final = PreparedQuery(
    lambda keys: PublishedDocument.objects.filter(key__in=keys).values_list(*_REF)
)
_FIND_DOCUMENTS: Final = PreparedQuery(
    lambda ids: PublishedDocument.objects.filter(pk__in=ids).values_list(*_REF)
)


def _publishables_of(rows: Iterable[tuple[Any, ...]]) -> dict[int, PublishableRef]:
    """The page or snippet of each of some documents, by the id of the document."""
    return {
        pk: publishable_ref(page_id, type_label, object_id)
        for pk, page_id, type_label, object_id in rows
    }


def _changed_summaries(feed: Feed, tokens: Collection[str], own: Affected) -> set[str]:
    """Renders what was changed itself; returns the tokens of those whose summary has changed."""
    changes = _render(feed, own)
    changed = {str(change.key) for change in changes if change.summary_changed}
    # A page that lies under no site has no document to compare, and may be shown all the same.
    changed |= {str(key) for key in own.elsewhere}
    # Under the key that it had before, nobody has said that a page was changed.
    former = {
        f"{'snippet' if change.path is None else 'page'}:{change.key}"
        for change in changes
        if change.operation == "remove"
    }
    return {
        token
        for token in {*tokens, *former}
        if (kind := token.partition(":"))[0] in ("image", "file") or kind[2] in changed
    }


def _pending_tokens(touched: Invalidation) -> list[str]:
    return [
        *sorted(touched.tokens),
        *(f"{_SUBTREE}{page}" for page in sorted(touched.subtrees)),
        *(f"{_CLOSURE}{page}" for page in sorted(touched.closures)),
    ]


def affected_by_everything() -> Affected:
    """Affects all documents, and all pages and snippets that should have one."""
    publishables = set(all_publishables())
    rows = PublishedDocument.objects.values_list("pk", "page_id", "type", "object_id")
    gone = {
        pk
        for pk, page_id, type_label, object_id in rows.iterator()
        if publishable_ref(page_id, type_label, object_id) not in publishables
    }
    return Affected(gone, publishables)


def subtree_tokens(pages: Collection[int]) -> set[str]:
    """The tokens of some pages and of all below them."""
    if not pages:
        return set()
    below = Q(pk__in=[])
    for path in Page.objects.filter(pk__in=pages).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    if not below:
        return set()
    keys = Page.objects.filter(below).order_by().values_list("translation_key", flat=True)
    return {page_token(key) for key in keys.iterator()}


def closure_tokens(pages: Collection[int]) -> set[str]:
    """The tokens of all that is closed or opened with some pages, in every language."""
    return {page_token(key) for key in keys_closed_with(pages)}


def expanded(token: str) -> set[str]:
    """The tokens for which the token of a pending refresh stands."""
    if token.startswith(_SUBTREE):
        return subtree_tokens([int(token.removeprefix(_SUBTREE))])
    if token.startswith(_CLOSURE):
        return closure_tokens([int(token.removeprefix(_CLOSURE))])
    return {token}


def affected_by(tokens: Collection[str], *, by_key: bool = True) -> Affected:
    """Finds the documents that show what some tokens name.

    Args:
        by_key: also pages and snippets of that key, and redirects to them, that have no document
            yet.
    """
    documents: set[int] = set()
    for some in batches(sorted(tokens), _IDS_AT_A_TIME):
        documents.update(
            DocumentToken.objects.filter(token__in=some).values_list("document", flat=True)
        )
    affected = judged(documents)
    if by_key:
        affected.publishables |= _of_keys(tokens).publishables
        affected.publishables |= redirect_refs(delivered_ids_to(_keys(tokens, "page:")))
    return affected


def judged(documents: Iterable[int]) -> Affected:
    """Finds those of some documents whose object is gone, and the objects of the others."""
    affected = Affected(set(), set())
    for ids in batches(sorted(documents), _IDS_AT_A_TIME):
        publishables = _publishables_of(_FIND_DOCUMENTS(ids))
        public = still_public(publishables.values())
        affected.publishables |= public
        affected.gone.update(pk for pk, ref in publishables.items() if ref not in public)
    return affected


def _keys(tokens: Iterable[str], kind: str) -> set[UUID]:
    return {UUID(token.removeprefix(kind)) for token in tokens if token.startswith(kind)}


def _render(feed: Feed, affected: Affected) -> list[Change]:
    if not (affected.publishables or affected.gone):
        return []
    rendered = []
    for some in batches(sorted(affected.publishables), BATCH):
        rendered += render(load(some))
    return store(feed, rendered, affected.gone)


@transaction.atomic
def refresh_documents(documents: Collection[int], *, is_rebuild: bool = False) -> int:
    """Renders some stored documents again, or removes them; returns how many changed."""
    feed = lock_sequence()
    affected = judged(documents)
    rendered = render(load(affected.publishables))
    return len(store(feed, rendered, affected.gone, is_rebuild=is_rebuild))


@transaction.atomic
def refresh_publishables(publishables: Collection[PublishableRef]) -> int:
    """Renders some pages and snippets, those that are still public; returns how many changed."""
    feed = lock_sequence()
    return len(store(feed, render(load(still_public(publishables)))))
