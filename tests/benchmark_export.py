"""``make bench``, fourth part: what leaves whole, on SQLite, then on PostgreSQL.

Each part of the benchmark is a function that is given a site and prints its rows; what it measures
runs in a process of its own, ``python -m tests.benchmark_export WORK …``, which prints JSON.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.run import postgresql

PROJECT: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = 50_000
ROUNDS: Final = 3

Environment = dict[str, str]


def row(label: str, figure: str, aim: str = "", *, fulfilled: bool = True) -> None:
    print(f"{label:62}{figure:>24}  {aim:20}{'' if fulfilled else 'missed'}", flush=True)


def work(environment: Environment, name: str, *arguments: str) -> dict[str, Any]:
    """What one of the functions of ``WORK`` says, run in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmark_export", name, *arguments]
    result = subprocess.run(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    said: dict[str, Any] = json.loads(result.stdout)
    return said


# The static mirror


def mirror(environment: Environment, folder: Path) -> None:
    """First writing, and bringing up to date after one change."""
    plain = work(environment, "write_mirror", str(folder / "plain"), "--no-compress")
    whole = work(environment, "write_mirror", str(folder / "mirror"))
    floor = work(environment, "write_plainly", str(folder / "floor"), str(plain["documents"]))
    rate = plain["documents"] / plain["seconds"]
    row(
        "mirror: first writing, documents a second, without encodings",
        f"{rate:,.0f}",
        "at least 5,000",
        fulfilled=rate >= 5_000,
    )
    row(
        "mirror: the same files, folders and links, written by a loop",
        f"{plain['documents'] / floor['seconds']:,.0f}",
    )
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


def write_mirror(folder: str, *options: str) -> dict[str, Any]:
    from norrbotten.export.mirror.updating import update

    idle = _megabytes()
    began = time.perf_counter()
    outcome = update(Path(folder), compressed=False if "--no-compress" in options else None)
    seconds = time.perf_counter() - began
    return {
        "documents": outcome.documents,
        "seconds": seconds,
        "megabytes": _megabytes() - idle,
    }


def write_plainly(folder: str, number: str) -> dict[str, Any]:
    """What the file system takes for a mirror's files, whatever is in them."""
    root = Path(folder)
    for shard in range(256):
        (root / f"d/{shard:02x}").mkdir(parents=True)
    for name in ("new", "pages", "entries"):
        (root / name).mkdir()
    body = b"x" * 2_000
    began = time.perf_counter()
    for count in range(int(number)):
        beside, place = f"{folder}/new/{count}", f"d/{count % 256:02x}/{count:030x}.sv"
        os.mkdir(beside)  # noqa: PTH102 - a loop that does nothing else
        with open(f"{beside}/index.json", "xb") as file:  # noqa: PTH123
            file.write(body)
        os.rename(beside, f"{folder}/{place}")  # noqa: PTH104
        os.symlink(f"../{place}", f"{folder}/pages/{count}")  # noqa: PTH211
        os.symlink(f"../{place}", f"{folder}/entries/{count:036x}")  # noqa: PTH211
    return {"seconds": time.perf_counter() - began}


def follow_one_change(folder: str) -> dict[str, Any]:
    from home.models import ContentPage
    from norrbotten.export.mirror.updating import update
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


def measure(database_url: str) -> None:
    """Every part, on one database."""
    print(f"\n{'PostgreSQL' if database_url else 'SQLite'}, {DOCUMENTS:,} documents of 2 kB")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        environment = os.environ | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url,
            "CACHE_URL": "",
            "DEMO_PASSWORD": "benchmark",
            "DJANGO_SETTINGS_MODULE": "norrbotten.settings.development",
            "MIRROR_DIR": "",
        }
        subprocess.run(
            [sys.executable, "-m", "tests.benchmark_work", "prepare", str(DOCUMENTS)],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for part in PARTS:
            part(environment, folder)
            shutil.rmtree(folder / part.__name__, ignore_errors=True)


def main() -> None:
    """Both databases."""
    measure("")
    with postgresql() as url:
        measure(url)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django

        django.setup()
        print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
    else:
        main()
