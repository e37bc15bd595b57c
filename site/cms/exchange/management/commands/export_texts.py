"""``manage.py export_texts OUT``: every text beside its translations, as a table or a corpus."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.progress import progress_bar
from cms.content.api.delivered_types import UnknownType, chosen_types
from cms.exchange.parallel_texts.formats import UnknownForm, form_of, write_form
from cms.exchange.parallel_texts.reading import parallel_sources
from cms.exchange.parallel_texts.strings import ParallelQuery, chosen_languages
from cms.languages.registry import SOURCE_LANGUAGE_CODE, UnknownLanguage


class Command(BaseCommand):
    """Writes a parallel table as XLSX or CSV, or a parallel corpus as TMX."""

    help = (
        "Writes every text beside its translations: a table for people who review (OUT.xlsx, "
        "OUT.csv), or a parallel corpus of what is published (OUT.tmx)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to, and of what."""
        parser.add_argument("out", type=Path, metavar="OUT", help="ends with .xlsx, .csv or .tmx")
        parser.add_argument(
            "--locale", action="append", metavar="CODE", help="a language; may be repeated"
        )
        parser.add_argument(
            "--type", action="append", metavar="TYPE", help="home.HomePage; may be repeated"
        )
        parser.add_argument(
            "--published",
            action="store_true",
            help="only what readers see; of a corpus there is never more",
        )

    @no_translations
    def handle(
        self,
        *args: Any,
        out: Path,
        locale: list[str] | None,
        type: list[str] | None,  # noqa: A002 - the name of the option
        published: bool,
        **options: Any,
    ) -> None:
        """Write the file; what it says is English, as with Django's own commands.

        Raises:
            CommandError: there is no such language, type or form, or the file cannot be written.
        """
        try:
            form = form_of(out)
            languages = chosen_languages(locale)
            query = ParallelQuery(
                languages,
                chosen_types(type),
                open_languages=frozenset()
                if published
                else frozenset([SOURCE_LANGUAGE_CODE, *languages]),
            )
            with progress_bar(out.name, parallel_sources(query).count()) as advance:
                written = write_form(form, query, out, advance)
        except (UnknownForm, UnknownLanguage, UnknownType) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or out}: {error.strerror}") from error
        self.stdout.write(f"Wrote {written:,} texts in {1 + len(languages)} languages to {out}.")
