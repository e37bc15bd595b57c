"""``make bench``, fifth part: a bundle out and in, and the mirror, per document, at two sizes.

``python -m tests.benchmark_bundle [FEW MANY]`` writes bundles of so many pages, brings each into an
empty site of its own, writes it again and mirrors the site, and prints how many milliseconds each
document took, which are seconds for 1,000, and how much memory, the large run beside the small one.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).resolve().parents[1]
FEW: Final = 1_000
MANY: Final = 50_000
PARAGRAPHS: Final = 6
TIMES: Final = 3
WORDS: Final = "Norrbotten utvecklas när fler vill bo, arbeta och driva företag här. "
PUBLISHED: Final = "2026-11-14T09:00:00+00:00"

# Of a large run beside a small one.
SLOWER: Final = 1.5
MEGABYTES_MORE: Final = 60

NOISE: Final = 1.0
"""Seconds by which two starts of the same command differ."""


def pages(number: int) -> Iterator[dict[str, Any]]:
    """A start page and the pages under it, a hundred to a section; half of them in English too."""
    home = str(uuid.uuid4())
    for code in ("sv", "en"):
        yield record("home.HomePage", home, code, None, {"title": "Hem", "slug": code})
        section = ""
        for count in range(number * 2 // 3 if code == "sv" else number // 3):
            key = str(uuid.uuid5(uuid.NAMESPACE_URL, str(count)))
            is_section = count % 100 == 0
            section = key if is_section else section
            text = "".join(f"<p>{WORDS * 4}{count}–{part}</p>" for part in range(PARAGRAPHS))
            yield record(
                "home.ContentPage",
                key,
                code,
                f"{home if is_section else section}/{code}",
                {"title": f"Sida {count}", "slug": f"sida-{count}", "introduction": text},
            )


def record(
    kind: str, key: str, code: str, parent: str | None, fields: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": kind,
        "key": key,
        "locale": code,
        "live": True,
        "first_published_at": PUBLISHED,
        "last_published_at": PUBLISHED,
        "go_live_at": None,
        "expire_at": None,
        "expired": False,
        "parent": parent,
        "fields": fields,
    }


def translations(made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of each Swedish page that its title is translated."""
    for page in sorted(made, key=lambda one: str(one["key"])):
        if page["locale"] == "sv":
            moments = {"created_at": PUBLISHED, "updated_at": PUBLISHED}
            yield {
                "type": page["type"],
                "key": page["key"],
                "locale": "sv",
                "created_at": PUBLISHED,
                "last_updated_at": PUBLISHED,
                "changed_at": PUBLISHED,
                "translations": [],
                "strings": [
                    {
                        "path": "title",
                        "field_path": "title",
                        "source": page["fields"]["title"],
                        "source_locale": "sv",
                        "translations": [
                            {
                                "locale": "en",
                                "data": f"Page of {page['fields']['title']}",
                                "translation_type": "manual",
                                "tool_name": "",
                                "has_error": False,
                                "field_error": "",
                                "review": None,
                                **moments,
                            }
                        ],
                    }
                ],
            }


def write_bundle(folder: Path, number: int) -> None:
    """A bundle of so many pages, as ``import_content`` takes it."""
    made = list(pages(number))
    site = {"sites": [{"hostname": "x", "root": f"{made[0]['key']}/sv", "is_default": True}]}
    contents = {
        "source/site.json": [site],
        "source/images.ndjson": [],
        "source/documents.ndjson": [],
        "source/snippets.ndjson": [],
        "source/pages.ndjson": made,
        "source/translations.ndjson": list(translations(made)),
    }
    files = []
    for name, records in contents.items():
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        files.append({"path": name, "size": len(text), "sha256": hashlib.sha256(text).hexdigest()})
    manifest = {"format": 1, "languages": [], "selection": {}, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def run(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a command, in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} failed.")
    return time.perf_counter() - started, usage.ru_maxrss / 1_000


def measure(folder: Path, number: int) -> dict[str, tuple[float, float]]:
    """Brings a bundle in, writes one and checks that: seconds and megabytes by what was done."""
    # Linux adds to the peak of a process what the one that started it holds, which is to be little.
    writer = get_context("spawn").Process(target=write_bundle, args=(folder / "given", number))
    writer.start()
    writer.join()
    environment = os.environ | {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }
    run(environment, "migrate", "--verbosity", "0")
    run(environment, "create_locales")
    return {
        "import_content": run(environment, "import_content", str(folder / "given"), "--quiet"),
        "export_content": best(environment, "export_content", str(folder / "out.zip"), "--quiet"),
        "verify_bundle": best(environment, "verify_bundle", str(folder / "out.zip")),
        "mirror": run(environment, "mirror", str(folder / "mirror"), "--no-compress", "--quiet"),
    }


def best(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """The fastest of some runs of what can be done again: it is hardly longer than its start."""
    return min(run(environment, *arguments) for _time in range(TIMES))


def main() -> None:
    """Measures at both sizes."""
    few, many = map(int, sys.argv[1:]) if len(sys.argv) > 1 else (FEW, MANY)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as place:
        small = measure(Path(place) / "few", few)
        large = measure(Path(place) / "many", many)
        # What starting takes is no part of the work, nor the description of every type.
        empty = measure(Path(place) / "empty", 0)
    print(f"\n{'':16}{'ms a document':>30}{'':>14}{'peak MB':>18}")
    for name in small:
        (seconds_few, memory_few), (seconds_many, memory_many) = small[name], large[name]
        start = empty[name][0]
        each_few = max(seconds_few - start, 0) / few * 1000
        each_many = (seconds_many - start) / many * 1000
        # A run that lasts hardly longer than its start says nothing of each document.
        is_flat = seconds_few - start < NOISE or each_many / each_few <= SLOWER
        is_fine = is_flat and memory_many - memory_few <= MEGABYTES_MORE
        compared = (
            f"{each_many / each_few:.2f} ×" if seconds_few - start >= NOISE else "start alone"
        )
        print(
            f"{name:16}{each_few:>8.2f} at {few:,}, {each_many:.2f} at {many:,}"
            f"{compared:>14}{memory_few:>8.0f}, {memory_many:.0f}{'' if is_fine else '  missed'}"
        )


if __name__ == "__main__":
    main()
