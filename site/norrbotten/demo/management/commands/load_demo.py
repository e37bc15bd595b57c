"""Loads the demo content."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from norrbotten.demo.errors import DemoContentError
from norrbotten.demo.loading import load_demo


class Command(BaseCommand):
    """``manage.py load_demo [--missing] [--quiet]``."""

    help = (
        "Loads the demo content into an empty site: Swedish pages, translations made through "
        "wagtail-localize, images and documents. All or nothing; where the demo is loaded "
        "already, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declares the options."""
        parser.add_argument(
            "--missing",
            action="store_true",
            help="Make again what of the demo has been deleted, and what is new in its files. "
            "Existing pages are left as they are.",
        )
        parser.add_argument("--quiet", action="store_true", help="Say nothing unless it fails.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads it."""
        started = monotonic()

        def report(line: str) -> None:
            if not options["quiet"]:
                self.stdout.write(line)

        try:
            load_demo(report, missing=options["missing"])
        except DemoContentError as error:
            raise CommandError(str(error)) from error
        report(f"Done in {monotonic() - started:.1f} seconds.")
