"""``manage.py translations status|export|import``: how far each language is, and files for it."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from wagtail_localize.models import TranslationSource

from cms.common.progress import progress_bar
from cms.exchange.files import write_file, write_folder
from cms.exchange.formats import FORMATS
from cms.exchange.importing import Import, import_file, publish_imported
from cms.exchange.results import NEEDS_A_LOOK, Report
from cms.exchange.selection import (
    ONLY,
    Selection,
    SelectionError,
    selected_sources,
    target_locale,
)
from cms.exchange.units import UnreadableFile
from cms.languages.registry import get_language
from cms.translation.sources.following import follow, unfollowed
from cms.translation.status.terminal import print_status


class Command(BaseCommand):
    """Says how far each language is, writes files for translators, and reads them back."""

    help = "How far each language is translated, and files for translators: out and in."

    def add_arguments(self, parser: CommandParser) -> None:
        """One command for each thing to do."""
        commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
        status = commands.add_parser("status", help="how far each language is")
        status.add_argument("--locale", action="append", metavar="CODE", help="may be repeated")
        status.add_argument("--json", action="store_true", help="for a program to read")

        export = commands.add_parser("export", help="write a file for a translator")
        export.add_argument("out", type=Path, metavar="OUT", help="file; with --split a folder")
        export.add_argument("--locale", required=True, metavar="CODE", help="language of the file")
        export.add_argument("--format", required=True, choices=list(FORMATS), dest="format_name")
        export.add_argument(
            "--only",
            choices=ONLY,
            default="all",
            help="untranslated: what has no translation of the present text; outdated: of these "
            "what had one of the text before; default: %(default)s",
        )
        export.add_argument(
            "--under", default="", metavar="PATH", help="a page and all under it: /sv/…/"
        )
        export.add_argument("--split", action="store_true", help="a file for each page")
        export.add_argument(
            "--prefill",
            action="store_true",
            help="the source's text in place of each translation that is missing, for programs "
            "that translate in place, such as OmegaT",
        )

        bring = commands.add_parser("import", help="read files of translators")
        bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
        bring.add_argument(
            "--locale", default="", metavar="CODE", help="for a file that does not say"
        )
        bring.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        bring.add_argument("--publish", action="store_true", help="publish what is new")
        bring.add_argument(
            "--accept-identical",
            action="store_true",
            help="texts that are the same as in the source are so on purpose",
        )

        commands.add_parser(
            "refresh", help="make up for publications that were not followed, and count anew"
        )

    @no_translations
    def handle(self, *args: Any, command: str, **options: Any) -> None:
        """Hands over to the chosen command; what it says is English, as with Django's own.

        Raises:
            CommandError: a language, path or file does not exist or cannot be read.
        """
        try:
            getattr(self, f"_{command}")(**options)
        except (SelectionError, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            named = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise CommandError(named) from error

    def _status(self, *, locale: list[str] | None, json: bool, **options: Any) -> None:
        locales = [target_locale(code) for code in locale] if locale else None
        print_status(self.stdout, locales, as_json=json)

    def _export(
        self,
        *,
        out: Path,
        locale: str,
        format_name: str,
        only: Any,
        under: str,
        split: bool,
        prefill: bool,
        **options: Any,
    ) -> None:
        locale = target_locale(locale).language_code
        selection = Selection(locale, only, under, prefill=prefill)
        total = selected_sources(selection).count()
        with progress_bar(f"{locale} → {out.name}", total) as advance:
            write = write_folder if split else write_file
            written = write(selection, format_name, out, advance)
        if not written.groups:
            name = get_language(locale).english_name
            self.stdout.write(f"Nothing to write: of {name} no text is {only}.")
            return
        self.stdout.write(
            f"Wrote {written.units:,} texts of {written.groups:,} pages and facts to {out}."
        )

    def _import(
        self,
        *,
        files: list[Path],
        locale: str,
        dry_run: bool,
        publish: bool,
        accept_identical: bool,
        **options: Any,
    ) -> None:
        wanted = Import(locale, accept_identical=accept_identical, dry_run=dry_run)
        is_clean = True
        for path in files:
            with progress_bar(path.name, None) as advance:
                report, changed = import_file(path, path.name, wanted, advance)
            if publish and not dry_run:
                with progress_bar("publish", len(changed)) as advance:
                    problems = publish_imported(report, changed, progress=advance)
                for problem in problems:
                    self.stderr.write(f"Not published: {problem}")
                is_clean &= not problems
            self._print(report)
            is_clean &= report.is_clean
        if not is_clean:
            sys.exit(1)

    def _print(self, report: Report) -> None:
        for result in report.results:
            if result.outcome in NEEDS_A_LOOK:
                self.stdout.write(f"{report.name}: {result}")
        self.stdout.write(report.summary())
        if report.note:
            self.stdout.write(report.note)
        if report.published:
            self.stdout.write(f"Published: {len(report.published)}.")
        if report.dry_run:
            self.stdout.write("Nothing was written: this was a trial run.")

    def _refresh(self, **options: Any) -> None:
        from cms.translation.status.counting import recount

        followed = [follow(instance).pk for instance in unfollowed()]
        recount(TranslationSource.objects.values_list("pk", flat=True))
        self.stdout.write(f"Followed {len(followed)} publications; everything is counted anew.")
