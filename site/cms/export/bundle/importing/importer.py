"""Brings a bundle into a site, in one transaction: all of it, or nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import TranslationSource

from cms.common.progress import ReportFile
from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
from cms.delivery.publishing.invalidation import EVERYTHING
from cms.delivery.publishing.moments import Moment, given_moments
from cms.delivery.tracking.transaction import tracked_transaction
from cms.export.bundle.check_bundle import BadBundle, Bundle, file_faults
from cms.export.bundle.editable import files as names
from cms.export.bundle.editable.shapes import snippet_models
from cms.export.bundle.importing.contents import fill_pages, make_snippets
from cms.export.bundle.importing.files import MediaImporter
from cms.export.bundle.importing.merging import TranslationMerger
from cms.export.bundle.importing.ordering import put_in_order, take_over_order
from cms.export.bundle.importing.record_shapes import check_record
from cms.export.bundle.importing.referring import index_references
from cms.export.bundle.importing.refusals import FilePosition, RefusedBundle
from cms.export.bundle.importing.searching import index_words
from cms.export.bundle.importing.site import SiteBringer, moments_of_redirects
from cms.export.bundle.importing.translations import TranslationBringer
from cms.export.bundle.importing.tree import Line, TreeBuilder, moments_of
from cms.export.bundle.importing.updating import Changes, Updater
from cms.export.bundle.yaml.reading import ReadableBundle
from cms.translation.texts.former_typed import say_typed_before
from cms.translation.texts.recording import record_missing

logger = logging.getLogger(__name__)

_FORESEEN = (BadBundle, RefusedBundle)
_NOT_OF_RECORDS = (MemoryError, OperationalError)
"""Errors of the machine and of the database, for which no record is to blame."""


@dataclass(slots=True)
class ImportCounts:
    """Counts of what was imported.

    Attributes:
        missing: names of images and files that are described and not there: the bundle says that
            the storage of its site had lost them.
    """

    pages: int = 0
    snippets: int = 0
    files: int = 0
    translations: int = 0
    redirects: int = 0
    missing: list[str] = field(default_factory=list)


def import_bundle(bundle: Bundle, advance: ReportFile) -> ImportCounts:
    """Brings a bundle into this site, which must be empty.

    Raises:
        RefusedBundle: something is wrong with it, or the site has content. Nothing is written.
        BadBundle: it is damaged.
    """
    _refuse_damaged(bundle, advance)
    refuse_site_with_content()
    files = MediaImporter(bundle)
    # Documents and indexes too: what cannot be rendered is refused as what cannot be stored.
    moments: dict[tuple[UUID, str], Moment] = {}
    with (
        _all_or_nothing(bundle, files) as reader,
        transaction.atomic(),
        given_moments(moments),
    ):
        with tracked_transaction(), disable_reference_index_auto_update():
            brought = _brought(reader, files, advance)
            # Before the first document is rendered: those of a small site are at once.
            moments |= moments_of(reader.lines(names.PAGES), reader.lines(names.SNIPPETS))
            moments |= moments_of_redirects(reader.site())
            leave_to_worker([EVERYTHING])
        advance("documents")
        render_backlog()
        advance("indexes")
        index_references()
        index_words()
    return brought


def update(bundle: Bundle, advance: ReportFile, *, dry_run: bool = False) -> Changes:
    """Updates a site that has content with the changes of a bundle.

    Args:
        dry_run: say what would change, and change nothing.

    Raises:
        RefusedBundle: something is wrong with it, or it is not of everything. Nothing is written.
        BadBundle: it is damaged.
    """
    _refuse_damaged(bundle, advance)
    if not bundle.manifest.get("selection", {}).get("private"):
        raise RefusedBundle(
            f"{bundle.path}: it holds what is public alone, and what it lacks would seem to be "
            "gone. Write it with --private."
        )
    files = MediaImporter(bundle, replaces=True, is_trial=dry_run)
    changes = Changes()
    # Of a trial run nothing stays, as of one that fails.
    with suppress(_TrialRun), _all_or_nothing(bundle, files) as reader, tracked_transaction():
        _update(reader, files, changes, advance)
        if dry_run:
            raise _TrialRun
    return changes


class _TrialRun(Exception):
    """Raised at the end of a trial run, once the changes are known."""


@contextmanager
def _all_or_nothing(bundle: Bundle, files: MediaImporter) -> Iterator["_Reader"]:
    """A transaction that also removes stored files on failure, and gives faults their position."""
    reader = _Reader(bundle)
    try:
        yield reader
    except (*_FORESEEN, *_NOT_OF_RECORDS, _TrialRun):
        files.take_away()
        raise
    except Exception as error:
        files.take_away()
        logger.info("A bundle was refused", exc_info=True)
        # What no check has foreseen; the batch that it is in ends with the line read last.
        raise reader.place.refuse(
            f"here or shortly before, something cannot be brought in: {error!r:.300}. Take it out."
        ) from error
    except BaseException:
        files.take_away()
        raise
    files.close()


@transaction.atomic
def _update(reader: "_Reader", files: MediaImporter, changes: Changes, advance: ReportFile) -> None:
    updater = Updater(changes)
    # Before a file comes into one that is closed where the bundle is from.
    SiteBringer(reader.site(), FilePosition(names.SITE)).close_collections()
    files.bring(reader.lines(names.IMAGES), "image", advance)
    files.bring(reader.lines(names.DOCUMENTS), "document", advance)
    changes.files, changes.missing = files.counts, files.missing
    changes.lines += files.lines
    for name, take_over in (
        (names.PAGES, updater.plant),
        (names.SNIPPETS, updater.snippets),
        (names.PAGES, updater.pages),
    ):
        advance(name)
        take_over(reader.lines(name))
    put_in_order(reader.lines(names.PAGES), changes)
    take_over_order(reader.lines(names.PAGES))
    SiteBringer(reader.site(), FilePosition(names.SITE)).bring_text_languages()
    advance(names.TRANSLATIONS)
    merger = TranslationMerger()
    merger.merge(reader.lines(names.TRANSLATIONS))
    changes.texts = merger.counts


def _refuse_damaged(bundle: Bundle, advance: ReportFile) -> None:
    if "since" in bundle.manifest:
        raise RefusedBundle(
            f"{bundle.path}: this is what has changed since another bundle. Bring the two "
            "together first: python apply_increment.py"
        )
    if isinstance(bundle, ReadableBundle):
        # Whoever changed a file would have had to change its digest too.
        return
    if names.PAGES not in bundle.files:
        raise RefusedBundle(
            f"{bundle.path}: it has no editable form, for it was written with a choice of "
            "languages or types. Write a whole one."
        )
    for fault in file_faults(bundle, advance):
        raise RefusedBundle(fault)


def refuse_site_with_content() -> None:
    """Refuses to mix a bundle with what editors have made.

    Raises:
        RefusedBundle: there is something.
    """
    if has_content():
        raise RefusedBundle(
            "This site has content of its own. A bundle is brought into an empty site only: set "
            "DATA_DIR or DATABASE_URL to another place, and run manage.py migrate."
        )


def has_content() -> bool:
    """Return whether anybody has made anything in this site that a bundle could hold."""
    has_pages = Page.objects.filter(depth__gt=1).exclude(_welcome()).exists()
    others = (get_image_model(), get_document_model(), TranslationSource, *snippet_models())
    return has_pages or any(model._base_manager.exists() for model in others)


def _welcome() -> Any:
    """Wagtail's own page in a new site, which nobody has touched."""
    return Q(depth=2, content_type__model="page", latest_revision=None, numchild=0)


@transaction.atomic
def _brought(reader: "_Reader", files: MediaImporter, advance: ReportFile) -> ImportCounts:
    brought = ImportCounts()
    root = Page.get_first_root_node()
    for page in Page.objects.filter(_welcome()):
        page.delete()
    root.refresh_from_db()
    root.numchild = 0
    brought.files = files.bring(reader.lines(names.IMAGES), "image", advance)
    brought.files += files.bring(reader.lines(names.DOCUMENTS), "document", advance)
    brought.missing = files.missing
    advance(names.PAGES)
    brought.pages = TreeBuilder(root).build(reader.lines(names.PAGES))
    take_over_order(reader.lines(names.PAGES))
    advance(names.SNIPPETS)
    brought.snippets = make_snippets(reader.lines(names.SNIPPETS))
    fill_pages(reader.lines(names.PAGES))
    site = SiteBringer(reader.site(), FilePosition(names.SITE))
    # Before anything has a document: nothing is ever open that was closed.
    site.close_what_is_closed()
    site.point_sites()
    site.describe_open_data()
    brought.redirects = site.bring_redirects()
    site.bring_text_languages()
    advance(names.TRANSLATIONS)
    brought.translations = TranslationBringer().bring(reader.lines(names.TRANSLATIONS))
    record_missing()
    if not site.says_what_is_the_same:
        say_typed_before(anew=True)
    return brought


class _Reader:
    """Reads records.

    Attributes:
        place: of the one that was read last.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.place = FilePosition(names.SITE)
        self._checked: set[str] = set()

    def site(self) -> Any:
        """The one record of ``site.json``."""
        records = [record for _place, record in self._values(names.SITE)]
        if len(records) != 1:
            raise FilePosition(names.SITE).refuse("one description of the site is expected here.")
        return records[0]

    def lines(self, name: str) -> Iterator[Line]:
        """The records of a file, each with its place."""
        for place, record in self._values(name):
            self.place = place
            yield place, record

    def _values(self, name: str) -> Iterator[tuple[FilePosition, Any]]:
        """The records, each of which is checked when it is read for the first time."""
        is_known = name in self._checked
        for place, record in self._read(name):
            if not isinstance(record, dict):
                raise place.refuse("this is no record.")
            if not is_known:
                check_record(name, place, record)
            yield place, record
        self._checked.add(name)

    def _read(self, name: str) -> Iterator[tuple[FilePosition, Any]]:
        if isinstance(self.bundle, ReadableBundle):
            return self.bundle.records(name)
        if name not in self.bundle.files:
            raise BadBundle(f"{name}: it is not in the bundle.")
        return ((FilePosition(name, number), value) for number, value in self.bundle.lines(name))
