"""``make bench``, fourth part: what leaves whole, on SQLite, then on PostgreSQL.

Each part of the benchmark is a function that is given a site and prints its rows; what it measures
runs in a process of its own, ``python -m tests.benchmark_export WORK …``, which prints JSON.

Nothing is deleted from the disk before the end: on an ext4 without a journal, whoever makes a file
within minutes looks past all that was deleted, which takes several times as long as making it.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.harness.postgresql import postgresql

PROJECT: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = 50_000
ROUNDS: Final = 3
MEMORY: Final = Path("/dev/shm")
"""A file system in memory, where there is one."""

Environment = dict[str, str]


def row(label: str, figure: str, aim: str = "", *, fulfilled: bool = True) -> None:
    print(f"{label:62}{figure:>24}  {aim:20}{'' if fulfilled else 'missed'}", flush=True)


def work(environment: Environment, name: str, *arguments: str) -> dict[str, Any]:
    """Runs one of the functions of ``WORK`` in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmark_export", name, *arguments]
    result = subprocess.run(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    said: dict[str, Any] = json.loads(result.stdout)
    return said


# The static mirror


def mirror(environment: Environment, folder: Path) -> None:
    """First writing, and bringing up to date after one change."""
    first_writing(environment, folder, entries=1)
    whole = work(environment, "write_mirror", str(folder / "mirror"))
    row(
        "mirror: first writing with .gz and .br",
        f"{whole['documents'] / whole['seconds']:,.0f}",
    )
    row("mirror: memory for that, above idle, MB", f"{whole['megabytes']:.0f}")
    changes = [
        work(environment, "follow_one_change", str(folder / "mirror")) for _round in range(ROUNDS)
    ]
    median = sorted(changes, key=lambda change: float(change["seconds"]))[ROUNDS // 2]
    row(
        "mirror: up to date after one change, exports too, seconds",
        f"{median['seconds']:.2f}",
        "less than 1",
        fulfilled=median["seconds"] < 1,
    )
    row("mirror: the page and its entries alone, seconds", f"{median['visible']:.3f}")
    row("mirror: memory for that, above idle, MB", f"{median['megabytes']:.0f}")
    unchanged = work(environment, "write_mirror", str(folder / "mirror"))
    row("mirror: a run with nothing to do, seconds", f"{unchanged['seconds']:.3f}")


def first_writing(environment: Environment, folder: Path, *, entries: int) -> None:
    """Writes without encodings: in memory, then on the disk, in turns with a bare loop.

    Args:
        entries: how many there are of each document.
    """
    if MEMORY.is_dir():
        rate = statistics.median(_in_memory(environment) for _round in range(ROUNDS))
        row(
            "mirror: first writing, documents a second, in memory",
            f"{rate:,.0f}",
            "at least 5,000",
            fulfilled=rate >= 5_000,
        )
    ours, bare = [], []
    for count in range(ROUNDS):
        written = work(environment, "write_mirror", str(folder / f"plain-{count}"), "--no-compress")
        ours.append(written["seconds"])
        number, place = written["documents"], str(folder / f"bare-{count}")
        bare.append(work(environment, "write_plainly", place, str(number), str(entries))["seconds"])
    rate, rate_of_loop = (number / statistics.median(seconds) for seconds in (ours, bare))
    row(
        "mirror: the same on the disk, beside a loop that makes the files",
        f"{rate:,.0f} / {rate_of_loop:,.0f} = {rate / rate_of_loop:.2f}",
    )


def _in_memory(environment: Environment) -> float:
    """Documents a second."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=MEMORY) as folder:
        written = work(environment, "write_mirror", f"{folder}/mirror", "--no-compress")
    return float(written["documents"] / written["seconds"])


def write_mirror(folder: str, *options: str) -> dict[str, Any]:
    from cms.export.mirror.updating import update

    idle = _megabytes()
    # What others have written is not to be waited for at the end.
    os.sync()
    began = time.perf_counter()
    outcome = update(Path(folder), compressed=False if "--no-compress" in options else None)
    seconds = time.perf_counter() - began
    return {
        "documents": outcome.documents,
        "seconds": seconds,
        "megabytes": _megabytes() - idle,
    }


def write_plainly(folder: str, number: str, entries: str) -> dict[str, Any]:
    """Writes files like a mirror's, to time the file system whatever is in them."""
    root = Path(folder)
    for shard in range(256):
        (root / f"d/{shard:02x}").mkdir(parents=True)
    links = [f"{folder}/pages", *(f"{folder}/entries-{count}" for count in range(int(entries)))]
    for link in links:
        os.mkdir(link)  # noqa: PTH102
    body = b"x" * 2_000
    os.sync()
    began = time.perf_counter()
    for count in range(int(number)):
        place = f"d/{count % 256:02x}/{count:030x}.sv"
        os.mkdir(f"{folder}/{place}")  # noqa: PTH102 - a loop that does nothing else
        with open(f"{folder}/{place}/index.json", "xb", buffering=0) as file:  # noqa: PTH123
            file.write(body)
        for link in links:
            os.symlink(f"../{place}", f"{link}/{count:036x}")  # noqa: PTH211
    # As the mirror does.
    os.sync()
    return {"seconds": time.perf_counter() - began}


def follow_one_change(folder: str) -> dict[str, Any]:
    from cms.export.mirror.updating import update
    from home.models import ContentPage
    from tests.benchmark_work import _publish_once

    _publish_once()
    page = ContentPage.objects.get(slug="matt")
    idle, began, clock = _megabytes(), time.perf_counter(), time.time()
    outcome = update(Path(folder))
    seconds = time.perf_counter() - began
    assert outcome.written == 1, outcome
    link = Path(folder, "api/v3/pages", str(page.pk))
    return {
        "seconds": seconds,
        "visible": link.lstat().st_mtime - clock,
        "megabytes": _megabytes() - idle,
    }


def _megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


WORK: Final[dict[str, Callable[..., dict[str, Any]]]] = {
    "write_mirror": write_mirror,
    "write_plainly": write_plainly,
    "follow_one_change": follow_one_change,
}
PARTS: Final = (mirror,)


def measure(database_url: str, folder: Path) -> None:
    """Every part, on one database."""
    print(f"\n{_name(database_url)}, {DOCUMENTS:,} documents of 2 kB")
    environment = prepared(database_url, folder, str(DOCUMENTS))
    for part in PARTS:
        part(environment, folder)


def measure_fallbacks(database_url: str, folder: Path) -> None:
    """The first writing where each document stands in for every other language."""
    from cms.languages.registry import LANGUAGES

    entries = len(LANGUAGES)
    print(f"\n{_name(database_url)}, the same number, each in {entries} languages by fallback")
    environment = prepared(database_url, folder, str(DOCUMENTS), "--with-fallbacks")
    first_writing(environment, folder, entries=entries)


def prepared(database_url: str, folder: Path, *arguments: str) -> Environment:
    """A site with its documents."""
    environment = os.environ | {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
        "CACHE_URL": "",
        "DEMO_PASSWORD": "benchmark",
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "MIRROR_DIR": "",
    }
    subprocess.run(
        [sys.executable, "-m", "tests.benchmark_work", "prepare", *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return environment


def _name(database_url: str) -> str:
    return "PostgreSQL" if database_url else "SQLite"


def main() -> None:
    """Both databases."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        for measured in (measure, measure_fallbacks):
            measured("", Path(name, f"{measured.__name__}-sqlite"))
            with postgresql() as url:
                measured(url, Path(name, f"{measured.__name__}-postgresql"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django

        django.setup()
        print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
    else:
        main()
