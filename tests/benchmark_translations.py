"""``make bench``, second part: the translators' work on a site of 2,000 pages in nine languages.

``python -m tests.benchmark_translations`` makes the site in a folder of its own, lets commands run
as a translator's office would, and prints for each how long it took and how much memory, with the
share of what it may take.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = 2_000
PARAGRAPHS: Final = 18
LANGUAGE: Final = "smj"

# What each may take: seconds, and megabytes of memory.
EXPORT_SECONDS: Final = 10
IMPORT_SECONDS: Final = 60
MEGABYTES: Final = 300
MATRIX_SECONDS: Final = 1

EXTENSIONS: Final = {"xliff": "xlf", "xliff2": "xlf", "po": "po", "xlsx": "xlsx", "tmx": "tmx"}


def make_site() -> None:
    """Makes the pages, published, and what wagtail-localize knows of them, in large bites."""
    from django.core.management import call_command
    from django.db import transaction
    from wagtail.models import Locale, Page, Site

    from cms.translation.status.counting import recount
    from home.models import ContentPage, HomePage

    call_command("migrate", skip_checks=True, verbosity=0)
    locale = Locale.objects.get(language_code="sv")
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Hem", slug="hem", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
    )
    with transaction.atomic():
        for number in range(PAGES):
            text = "".join(
                f"<p>Stycke {part} på sida {number} har en <b>mening</b> av vanlig längd.</p>"
                for part in range(PARAGRAPHS)
            )
            page = ContentPage(
                title=f"Sida {number}", slug=f"sida-{number}", introduction=text, locale=locale
            )
            home.add_child(instance=page)
    pages = list(ContentPage.objects.all())
    with transaction.atomic():
        recount(_sources(pages, locale))


def _sources(pages: list[Any], locale: Any) -> list[int]:
    """The rows that ``TranslationSource.update_or_create_from_instance`` makes one by one."""
    import json

    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page
    from wagtail_localize.models import (
        String,
        StringSegment,
        TranslatableObject,
        TranslationContext,
        TranslationSource,
    )
    from wagtail_localize.segments import StringSegmentValue
    from wagtail_localize.segments.extract import extract_segments

    page_type = ContentType.objects.get_for_model(Page)
    specific = ContentType.objects.get_for_model(pages[0])
    TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=page.translation_key, content_type=page_type)
        for page in pages
    )
    sources = TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=page.translation_key,
            specific_content_type=specific,
            locale=locale,
            object_repr=page.title,
            content_json="{}",
            last_updated_at=timezone.now(),
        )
        for page in pages
    )
    strings: dict[str, Any] = {}
    contexts: dict[tuple[Any, str], Any] = {}
    segments = []
    for page, source in zip(pages, sources, strict=True):
        for segment in extract_segments(page):
            if not isinstance(segment, StringSegmentValue):
                continue
            text, place = segment.string.data, (page.translation_key, segment.path)
            strings.setdefault(
                text, String(locale=locale, data=text, data_hash=String._get_data_hash(text))
            )
            contexts.setdefault(
                place,
                TranslationContext(
                    object_id=place[0],
                    path=place[1],
                    path_id=TranslationContext._get_path_id(place[1]),
                    field_path=place[1],
                ),
            )
            segments.append((source, text, place, segment.order, json.dumps(segment.attrs)))
    String.objects.bulk_create(strings.values(), batch_size=1_000)
    TranslationContext.objects.bulk_create(contexts.values(), batch_size=1_000)
    StringSegment.objects.bulk_create(
        (
            StringSegment(
                source=source,
                string=strings[text],
                context=contexts[place],
                order=order,
                attrs=attrs,
            )
            for source, text, place, order, attrs in segments
        ),
        batch_size=1_000,
    )
    print(f"{len(pages):,} pages, {len(segments):,} strings.", file=sys.stderr, flush=True)
    return [source.pk for source in sources]


def translate_file(source: Path, target: Path) -> None:
    """Fills every target in, as a tool that streams would."""
    with source.open(encoding="utf-8") as original, target.open("w", encoding="utf-8") as copy:
        for number, line in enumerate(original):
            text = f"sijddo-{number}" if 'resname="slug"' in line else f"Tjálos {number}"
            translated = f'<target state="translated">{text}</target>'
            copy.write(line.replace('<target state="needs-translation"/>', translated))


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and megabytes of a command in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def export(name: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes of an export."""
    return run("translations", "export", "--locale", LANGUAGE, "--format", name, str(path))


def time_matrix() -> float:
    """Seconds of the report of all languages as a page, the best of three."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.create_superuser("chef", password="x"))
    times = []
    for _round in range(3):
        started = time.perf_counter()
        assert client.get("/admin/translation/").status_code == 200
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> None:
    """Makes the site, measures, and prints the table."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        os.environ.update(
            DATA_DIR=name, CACHE_URL="", DJANGO_SETTINGS_MODULE="cms.settings.development"
        )
        # In processes of their own: what a child takes is counted from what its parent had.
        step("make")
        print(f"{'':34}{'seconds':>10}{'of limit':>10}{'MB':>8}{'of limit':>10}")
        for format_name, extension in EXTENSIONS.items():
            figures = export(format_name, folder / f"{format_name}.{extension}")
            _print(f"export {format_name}", *figures, EXPORT_SECONDS)
        filled = folder / "filled.xlf"
        translate_file(folder / "xliff.xlf", filled)
        for label in ("import xliff, all new", "import xliff, unchanged"):
            _print(label, *run("translations", "import", str(filled)), IMPORT_SECONDS)
        for format_name in ("xliff2", "po", "xlsx", "tmx"):
            path = folder / f"full.{EXTENSIONS[format_name]}"
            export(format_name, path)
            figures = run("translations", "import", str(path))
            _print(f"import {format_name}, unchanged", *figures, IMPORT_SECONDS)
        _print("matrix of all languages", float(step("view")), 0, MATRIX_SECONDS)


def step(name: str) -> str:
    """Runs a step of this module in a process of its own; returns what it prints."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmark_translations", name]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _print(label: str, seconds: float, megabytes: float, limit: int) -> None:
    memory = f"{megabytes:8.0f}{megabytes / MEGABYTES:10.2f}" if megabytes else ""
    print(f"{label:34}{seconds:10.2f}{seconds / limit:10.2f}{memory}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        if sys.argv[1] == "make":
            make_site()
        else:
            print(time_matrix())
