"""``manage.py published check|rebuild|status``: what is stored for other sites."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser, no_translations
from wagtail_localize.models import TranslationSource

from cms.common.progress import progress_bar
from cms.content.files.digests import note_missing_digests
from cms.content.files.missing import FileCheck
from cms.content.images.renditions import make_all_renditions
from cms.content.models import ContentDocument, ContentImage
from cms.content.order.checking import order_faults
from cms.content.order.positions import keep_all_places
from cms.content.order.trees import order_all
from cms.delivery.models import PendingRefresh, PublishedDocument, Removal
from cms.delivery.publishing import fingerprint
from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.publishing.invalidation import EVERYTHING
from cms.delivery.publishing.language_check import language_faults
from cms.delivery.publishing.sequence import current_sequence
from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.status.counting import recount
from cms.translation.texts.former_typed import say_typed_before
from cms.translation.texts.recording import record_missing


class Command(BaseCommand):
    """Says whether the stored documents are what would be rendered now, and mends them."""

    help = "Compare the published documents with a fresh rendering, or render them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """One command for each thing to do."""
        commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
        commands.add_parser(
            "check",
            help="say what differs and which files are missing; ends with 1 where something does",
        )
        rebuild = commands.add_parser(
            "rebuild",
            help="make missing renditions, and render everything anew; goes on where it stopped",
        )
        rebuild.add_argument(
            "--if-needed",
            action="store_true",
            help="only if the program or its settings are other than those that rendered last",
        )
        commands.add_parser("status", help="how many documents there are, and what waits")

    @no_translations
    def handle(self, *args: Any, command: str, **options: Any) -> None:
        """Hands over to the chosen command."""
        getattr(self, f"_{command}")(**options)

    def _check(self, **options: Any) -> None:
        with progress_bar("check") as advance:
            found = list(differences(advance))
        found += order_faults()
        with progress_bar("languages") as advance:
            found += language_faults(advance)
        files = FileCheck()
        with progress_bar("files") as advance:
            found += files.faults(advance)
        for sentence in found:
            self.stdout.write(sentence)
        waiting = PendingRefresh.objects.count()
        if found:
            remedy = (
                f"{waiting} large changes wait for the worker: manage.py db_worker."
                if waiting
                else "Mend it with: manage.py published rebuild"
            )
            if missing := files.summary():
                self.stderr.write(f"{missing} Renditions are made by: manage.py published rebuild")
            self.stderr.write(f"{len(found)} differences. {remedy}")
            sys.exit(1)
        self.stdout.write(
            f"All {PublishedDocument.objects.count():,} documents are what would be rendered now."
        )

    def _rebuild(self, *, if_needed: bool, **options: Any) -> None:
        waits = PendingRefresh.objects.filter(token=EVERYTHING).exists()
        if if_needed and not waits and fingerprint.is_current():
            return
        with progress_bar("renditions") as advance:
            for sentence in make_all_renditions(advance):
                self.stderr.write(sentence)
        with tracked_transaction():
            keep_all_places()
            order_all()
        # Of a site that is older than what is recorded, before its documents are rendered by it.
        record_missing()
        say_typed_before()
        recount(TranslationSource.objects.values_list("pk", flat=True))
        for title, model in (("images", ContentImage), ("files", ContentDocument)):
            with progress_bar(title) as advance:
                note_missing_digests(model, advance)
        call_command("update_index", verbosity=0)
        if not waits:
            # One that was interrupted goes on where it stopped.
            leave_to_worker([EVERYTHING])
        with progress_bar("rebuild") as advance:
            changed = render_backlog(advance)
        fingerprint.record()
        self.stdout.write(
            f"{PublishedDocument.objects.count():,} documents; {changed:,} of them changed."
        )

    def _status(self, **options: Any) -> None:
        feed = current_sequence()
        self.stdout.write(
            f"{PublishedDocument.objects.count():,} documents; "
            f"{Removal.objects.count():,} removals are remembered; "
            f"{feed.last_sequence:,} changes since the beginning."
        )
        for pending in PendingRefresh.objects.order_by("created_at"):
            self.stdout.write(
                f"Waits for the worker since {pending.created_at:%Y-%m-%d %H:%M}: {pending.token}"
            )
        if not fingerprint.is_current():
            self.stdout.write(
                "Rendered by another program or other settings: manage.py published rebuild"
            )
