"""``manage.py export_indicators OUT.csv``: what is measured and aimed at, with its sources."""

from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.atomic_files import replaced_file
from cms.common.foreign_files import refuse_foreign_file
from cms.export.open_data.indicators import COLUMNS, Decimal, write_indicators
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE, UnknownLanguage


class Command(BaseCommand):
    """Writes all published indicators as CSV."""

    help = "Writes all published indicators as CSV: a row for each value, with unit and source."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to, and in which language."""
        parser.add_argument("out", type=Path, metavar="OUT.csv")
        parser.add_argument(
            "--locale",
            default=SOURCE_LANGUAGE_CODE,
            metavar="CODE",
            help="language of names, units and sources; its fallbacks stand in; "
            "default: %(default)s",
        )

        parser.add_argument(
            "--decimal",
            choices=get_args(Decimal),
            default="point",
            help="sign before decimals; with comma, as most spreadsheets want it, columns are "
            "parted by semicolons; default: %(default)s",
        )

    @no_translations
    def handle(self, *args: Any, out: Path, locale: str, decimal: Decimal, **options: Any) -> None:
        """Write the file.

        Raises:
            CommandError: there is no such language, or the file cannot be written.
        """
        if locale not in LANGUAGES:
            raise CommandError(str(UnknownLanguage(locale)))
        if out.suffix.lower() != ".csv":
            raise CommandError(f"{out.name} does not end with .csv.")
        try:
            refuse_foreign_file(out, ",".join(COLUMNS), ";".join(COLUMNS))
            with replaced_file(out) as beside:
                values = write_indicators(locale, beside, decimal)
        except OSError as error:
            raise CommandError(f"{error.filename or out}: {error.strerror}") from error
        self.stdout.write(f"Wrote {values:,} values to {out}.")
