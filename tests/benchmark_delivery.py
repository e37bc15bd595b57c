"""``make bench``, third part: what other sites pull, beside Wagtail alone and a static file.

``python -m tests.benchmark_delivery`` serves the demo by one worker with one thread, asks with wrk
from a second process (one thread, eight connections), and prints each figure beside its aim: on
SQLite, then on PostgreSQL. What is compared is measured in turns, in one run.
"""

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from tests.harness.postgresql import postgresql

PROJECT: Final = Path(__file__).resolve().parents[1]
SECONDS: Final = 3
ROUNDS: Final = 5
MANY: Final = 100_000
FEW: Final = 1_000
PORTS: Final = {"ours": 8731, "stock": 8732, "nginx": 8733, "one core": 8734}
BODY_BYTES: Final = 5_000


def on_core(number: int) -> list[str]:
    """The beginning of a command that runs on one core alone; nothing where that cannot be had."""
    is_possible = shutil.which("taskset") and (os.cpu_count() or 1) > 1
    return ["taskset", "-c", str(number)] if is_possible else []


def wrk(port: int, path: str, *headers: str, start: Sequence[str] = ()) -> tuple[float, float]:
    """Requests a second, and the 99th percentile in milliseconds."""
    command = [*start, "wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate, said
    assert slowest, said
    assert "Non-2xx" not in said, said
    factor = {"us": 0.001, "ms": 1.0, "s": 1000.0}[slowest[2]]
    return float(rate[1]), float(slowest[1]) * factor


def rates(*questions: tuple[int, str, str], start: Sequence[str] = ()) -> list[float]:
    """The median rate of each ``(port, path, header)``, asked in turns."""
    taken: list[list[float]] = [[] for _question in questions]
    for _round in range(ROUNDS):
        for number, (port, path, header) in enumerate(questions):
            taken[number].append(wrk(port, path, *([header] if header else []), start=start)[0])
    return [statistics.median(each) for each in taken]


def slowest(path: str, environment: dict[str, str]) -> dict[str, float]:
    """The median 99th percentile in milliseconds, in turns.

    At rest; beside a writer as ``make run`` starts what publishes in the background, after those
    who read; beside one that stands before nobody; and beside a process that computes as long as
    that one and touches nothing. All of these share one core with the server, and wrk, which in
    life is another machine, has the other to itself. ``… everywhere`` is where wrk and all the
    others may run on any core: whatever takes one from wrk is counted as the server's too.
    """
    site, reader = on_core(0), on_core(1)
    work = [sys.executable, "-m", "tests.benchmark_work"]
    write = ["nice", "-n", "19", *work, "write", str(SECONDS)]
    beside: dict[str, tuple[str, list[str], list[str]]] = {
        "rest": ("one core", reader, []),
        "background": ("one core", reader, [*site, *write]),
        "writer": ("one core", reader, [*site, *work, "write", str(SECONDS)]),
        "computing": ("one core", reader, [*site, *work, "compute", str(SECONDS)]),
        "rest everywhere": ("ours", [], []),
        "background everywhere": ("ours", [], write),
    }
    taken: dict[str, list[float]] = {name: [] for name in beside}
    for _round in range(ROUNDS):
        for name, (server, start, command) in beside.items():
            other = None
            if command:
                other = subprocess.Popen(
                    command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE
                )
                assert other.stdout
                other.stdout.readline()  # It has begun.
            taken[name].append(wrk(PORTS[server], path, start=start)[1])
            if other:
                other.wait(timeout=60)
    return {name: statistics.median(times) for name, times in taken.items()}


def row(label: str, figure: str, ratio: float, aim: str, fulfilled: bool) -> None:
    print(
        f"{label:52}{figure:>22}{ratio:10.2f}  {aim:24}{'' if fulfilled else 'missed'}", flush=True
    )


@contextmanager
def served(
    name: str, module: str, environment: dict[str, str], *, start: Sequence[str] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Serves a WSGI application with one worker and one thread."""
    server = subprocess.Popen(
        [
            *start,
            str(Path(sys.executable).parent / "granian"),
            *["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORTS[name])],
            *["--workers", "1", "--blocking-threads", "1", "--log-level", "error", module],
        ],
        cwd=PROJECT,
        env=environment | ({"STOCK": "1"} if name == "stock" else {}),
    )
    try:
        _wait(f"http://127.0.0.1:{PORTS[name]}/api/v3/pages/?limit=1")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[bool]:
    """Serves one file of the same size by nginx, where it is installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield False
        return
    (folder / "root").mkdir()
    (folder / "root" / "document.json").write_bytes(body)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events {}\nhttp { access_log off; types { application/json json; }\n"
        f"client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path "
        f"{folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n"
        f"server {{ listen 127.0.0.1:{PORTS['nginx']}; root {folder}/root; }} }}\n"
    )
    folder.chmod(0o755)
    server = subprocess.Popen([program, "-c", str(configuration)])
    try:
        _wait(f"http://127.0.0.1:{PORTS['nginx']}/document.json")
        yield True
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=20)


def _wait(url: str) -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Runs a function of :mod:`tests.benchmark_work` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmark_work", *arguments],
        cwd=PROJECT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return (done.stdout.strip().splitlines() or [""])[-1]


def measure(database: str, database_url: str, folder: Path) -> None:
    """All rows on one database."""
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "CACHE_URL": "",
        "PORT": str(PORTS["ours"]),
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }
    print(f"\n{database:52}{'':22}{'ratio':>10}  aim")
    prepared = json.loads(manage(environment, "prepare", str(FEW)))
    page, body = prepared["page"], prepared["body"].encode()
    on_sqlite = not database_url
    with ExitStack() as stack:
        ours = stack.enter_context(served("ours", "cms.wsgi:application", environment))
        stack.enter_context(served("stock", "tests.stock_wsgi:application", environment))
        on_one = served("one core", "cms.wsgi:application", environment, start=on_core(0))
        stack.enter_context(on_one)
        has_nginx = stack.enter_context(nginx(Path(tempfile.mkdtemp(dir=folder)), body))
        detail = f"/api/v3/pages/{page}/"
        known = f'If-None-Match: "{prepared["digest"]}"'
        asked = [(PORTS["ours"], detail, ""), (PORTS["stock"], detail, "")]
        if has_nginx:
            asked.append((PORTS["nginx"], "/document.json", ""))
        rate, stock, *static = rates(*asked)
        aim = 100 if on_sqlite else 45
        row(
            "detail, beside stock v3",
            f"{rate:,.0f} / {stock:,.0f}",
            rate / stock,
            f"≥ {aim}",
            rate / stock >= aim,
        )
        if static:
            share = rate / static[0]
            row(
                "detail, beside a static file of nginx",
                f"{rate:,.0f} / {static[0]:,.0f}",
                share,
                "≥ 0.30 on SQLite",
                share >= 0.3 or not on_sqlite,
            )
        else:
            print("nginx is not installed: its row is left out.")
        full, unchanged = rates(
            (PORTS["one core"], detail, ""), (PORTS["one core"], detail, known), start=on_core(1)
        )
        row(
            "detail 304, beside 200, the site on one core",
            f"{unchanged:,.0f} / {full:,.0f}",
            unchanged / full,
            "> 1",
            unchanged > full,
        )
        whole, stable = rates(
            (PORTS["ours"], "/api/v3/entries/sv/?limit=20", ""),
            (PORTS["stock"], "/api/v2/pages/?fields=*&limit=20", ""),
        )
        row(
            "list of 20 whole, beside stock v2 fields=*",
            f"{whole:,.0f} / {stable:,.0f}",
            whole / stable,
            "≥ 100",
            whole / stable >= 100,
        )
        shown, drawn = rates(
            (PORTS["ours"], "/sv/utvecklingsomraden/kultur/", ""),
            (PORTS["stock"], "/utvecklingsomraden/kultur/", ""),
        )
        row(
            "a page for people, beside Wagtail with templates",
            f"{shown:,.0f} / {drawn:,.0f}",
            shown / drawn,
            "≥ 50",
            shown / drawn >= 50,
        )
        slow = slowest(detail, environment)
        for label, name, rest, wanted in (
            ("p99 of detail, a writer in the background, to rest, ms", "background", "rest", "≤ 3"),
            ("… a writer of the readers' own priority", "writer", "rest", ""),
            ("… a process that only computes as long", "computing", "rest", ""),
            (
                "… in the background, wrk and all on any core",
                "background everywhere",
                "rest everywhere",
                "",
            ),
        ):
            ratio = slow[name] / slow[rest]
            figure = f"{slow[name]:.2f} / {slow[rest]:.2f}"
            row(label, figure, ratio, wanted, not wanted or ratio <= 3)
        # Minutes lie between the two, in which the machine may have become slower: the file that
        # nginx serves is asked for each time, and tells by how much.
        compared = [
            (PORTS["ours"], detail, ""),
            (PORTS["ours"], "/api/v3/entries/sv/?limit=20", ""),
            *([(PORTS["nginx"], "/document.json", "")] if has_nginx else []),
        ]
        *few, speed_before = [*rates(*compared), 1.0][:3]
        manage(environment, "fill", str(MANY))
        *many, speed_after = [*rates(*compared), 1.0][:3]
        for label, before, after in zip(("detail", "first list page"), few, many, strict=True):
            ratio = after / before * speed_before / speed_after
            row(
                f"{label} at {MANY:,} documents, to {FEW:,}",
                f"{after:,.0f} / {before:,.0f}",
                ratio,
                "≥ 0.80",
                ratio >= 0.8,
            )
        first, deep = json.loads(manage(environment, "pages"))
        row(
            "cursor page 1,000 beside page 1, ms",
            f"{deep:.2f} / {first:.2f}",
            deep / first,
            "about 1",
            deep / first < 1.3,
        )
        idle = _memory(ours.pid)
        speed, size = _export()
        grown = max(0.0, _memory(ours.pid, peak=True) - idle)
        row(
            f"export, documents/s ({size / 1000:.1f} kB each)",
            f"{speed:,.0f}",
            speed / 50_000,
            "≥ 1 (50,000/s)",
            speed >= 50_000,
        )
        row("export, memory above idle, MB", f"{grown:.0f}", grown / 60, "≤ 1 (60 MB)", grown <= 60)
    taken: dict[str, list[float]] = {"": [], "1": []}
    for _round in range(ROUNDS):
        for stock_alone, times in taken.items():
            times.append(float(manage(environment | {"STOCK": stock_alone}, "publish")))
    own, alone = (statistics.median(times) for times in taken.values())
    row(
        "publishing a page, beside stock, ms",
        f"{own:.0f} / {alone:.0f}",
        own / alone,
        "≤ 1.5",
        own / alone <= 1.5,
    )


def _export() -> tuple[float, float]:
    """Documents a second, and bytes of one."""
    url = f"http://127.0.0.1:{PORTS['ours']}/api/v3/export/all.ndjson"
    started, size, lines = time.perf_counter(), 0, 0
    with urllib.request.urlopen(url, timeout=300) as response:
        while piece := response.read(1 << 20):
            size += len(piece)
            lines += piece.count(b"\n")
    return (lines - 1) / (time.perf_counter() - started), size / lines


def _memory(parent: int, *, peak: bool = False) -> float:
    """Megabytes of the largest process under a server."""
    wanted = "VmHWM" if peak else "VmRSS"
    found = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\s+{parent}$", text, re.MULTILINE) or status.parent.name == str(
            parent
        ):
            amount = re.search(rf"^{wanted}:\s+(\d+)", text, re.MULTILINE)
            found.append(int(amount[1]) / 1000 if amount else 0.0)
    return max(found)


def main() -> None:
    """Measures on both databases."""
    if shutil.which("wrk") is None:
        print("wrk is not installed: the benchmark of delivery is left out.")
        return
    cores = len(os.sched_getaffinity(0))
    print(
        f"{cores} cores; one worker with one thread; wrk -t1 -c8, {SECONDS} s, median of {ROUNDS}"
    )
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        Path(folder).chmod(0o755)
        measure("SQLite", "", Path(folder))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, postgresql() as url:
        Path(folder).chmod(0o755)
        measure("PostgreSQL", url, Path(folder))


if __name__ == "__main__":
    main()
