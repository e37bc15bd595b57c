"""``manage.py catalogues update|check|compile``: message catalogues without gettext's tools."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.languages.catalogues import upstream
from cms.languages.catalogues.files import (
    catalogue_path,
    compile_catalogue,
    read_catalogue,
    write_catalogue,
)
from cms.languages.registry import LANGUAGES


class Command(BaseCommand):
    """Bring the catalogues in step with the code, check that they are, or compile them."""

    help = (
        "update: bring every catalogue in step with the code and print what is untranslated. "
        "check: fail where one lags. compile: write what Django reads."
    )
    # It makes what a check complains of.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("action", choices=("update", "check", "compile"))

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Do it for every registered language."""
        {"update": self._update, "check": self._check, "compile": self._compile}[action]()

    def _update(self) -> None:
        # Babel is there for development only, and a server compiles.
        from cms.languages.catalogues.extraction import extract_messages
        from cms.languages.catalogues.merging import COMPLETE_LANGUAGES, merge

        messages = extract_messages(settings.PROJECT_ROOT)
        for language in LANGUAGES.values():
            catalogue = read_catalogue(language)
            report = merge(catalogue, messages, language)
            write_catalogue(language, catalogue)
            untranslated = [entry.msgid for entry in catalogue.untranslated_entries()]
            fuzzy = [entry.msgid for entry in catalogue.fuzzy_entries()]
            self.stdout.write(
                f"{language.code}: {len(messages)} messages, {len(report.added)} new, "
                f"{len(report.reworded)} reworded, {len(report.retired)} retired, "
                f"{len(untranslated)} untranslated, {len(fuzzy)} fuzzy"
            )
            if language.code in COMPLETE_LANGUAGES:
                self._list("untranslated", untranslated)
                self._list("fuzzy", fuzzy)

    def _list(self, what: str, texts: list[str]) -> None:
        for text in texts:
            self.stdout.write(f"  {what}: {text!r}")

    def _check(self) -> None:
        from cms.languages.catalogues.extraction import extract_messages
        from cms.languages.catalogues.verification import problems

        messages = extract_messages(settings.PROJECT_ROOT)
        found = []
        for language in LANGUAGES.values():
            if not catalogue_path(language.code).is_file():
                found.append(
                    f"{language.english_name} ({language.code}) has no catalogue. "
                    "Run: manage.py catalogues update"
                )
                continue
            found += problems(read_catalogue(language), messages, language)
        found += upstream.problems()
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} problems in the catalogues."]))
        self.stdout.write(f"{len(LANGUAGES)} catalogues hold all {len(messages)} messages.")

    def _compile(self) -> None:
        for language in LANGUAGES.values():
            number = compile_catalogue(language)
            self.stdout.write(f"{language.code}: {number} messages")
        for path, number in upstream.compile_all():
            code = path.parents[1].name
            self.stdout.write(f"{code}: {number} messages that packages lack ({path.stem})")
