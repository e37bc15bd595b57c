"""Runs both commands of the README on a bare Debian, so that no step of installing can hide.

``make fresh``, as root on a Debian: it makes a system of its own in a temporary folder with
``mmdebstrap``, puts a clone of the last commit into it, and runs ``make run`` there until the site
answers, then ``.ci/run``. What this machine says of where packages come from holds there too.
``make fresh ARGUMENTS=tests/running`` runs those tests alone.
"""

import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.recipes import PROJECT

FIRST = "ca-certificates,make,python3,python3-venv"
"""Packages that ``make run`` needs, by the README; ``.ci/run`` installs itself what it needs."""

PLACE = "root/site"
PORT = "8723"
ANSWERS_WITHIN = 20 * 60
"""Seconds, installing included."""

_HANDED_ON = re.compile(r"(PIP|NPM_CONFIG)_\w+|\w+_PROXY|\w*CERT\w*|\w+_CA_BUNDLE", re.IGNORECASE)
_CONFIGURATION = (
    *("/etc/pip.conf", "/etc/xdg/pip", "/etc/npmrc", "/etc/resolv.conf", "/etc/hosts"),
    *("/etc/ssl/certs/ca-certificates.crt", "~/.config/pip", "~/.pip", "~/.npmrc"),
)
_PLACES = re.compile(r"(PIP|NPM_CONFIG)_\w+", re.IGNORECASE)
"""Variables that may name folders with packages; a folder of certificates the system has itself."""

_FOLDERS = re.compile(r"(?:file://|find-links\s*=\s*)(/[\w./-]+)")

_ENTER = """
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
for folder in $FOLDERS; do
    mkdir -p "$0$folder"
    mount --bind -o ro "$folder" "$0$folder"
done
exec chroot "$0" /bin/bash -c "$1"
"""


def make_system(root: Path) -> None:
    """Make a Debian with nothing but what the README asks for.

    Raises:
        CalledProcessError: ``mmdebstrap`` could not.
    """
    if shutil.which("mmdebstrap") is None:
        subprocess.run(["apt-get", "install", "-y", "-qq", "mmdebstrap"], check=True)
    places = [*Path("/etc/apt").glob("sources.list"), *_sources()]
    subprocess.run(
        [
            *["mmdebstrap", "--quiet", "--variant=minbase", f"--include={FIRST}"],
            *(f"--aptopt={option}" for option in _options_of_apt()),
            *[platform.freedesktop_os_release()["VERSION_CODENAME"], str(root)],
            *map(str, places),
        ],
        check=True,
    )
    for name in _CONFIGURATION:
        source = Path(name).expanduser()
        target = root / source.relative_to("/")
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def _sources() -> Iterator[Path]:
    for kind in ("list", "sources"):
        yield from Path("/etc/apt/sources.list.d").glob(f"*.{kind}")


def _options_of_apt() -> Iterator[str]:
    """Options of this machine for fetching packages; what it does with them is its own affair."""
    for path in Path("/etc/apt/apt.conf.d").iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"Acquire::[\w:-]+ ", line) and "{" not in line:
                yield line.rstrip(";")


def enter(root: Path, command: str) -> list[str]:
    """A command that runs another one inside, with processes and mounts of its own."""
    return [
        *["unshare", "--mount", "--pid", "--fork", "--kill-child"],
        *["/bin/bash", "-e", "-c", _ENTER, str(root), f"cd /{PLACE} && {command}"],
    ]


def environment(root: Path) -> dict[str, str]:
    """A bare environment, and where packages come from."""
    handed_on = {name: value for name, value in os.environ.items() if _HANDED_ON.fullmatch(name)}
    texts = [
        path.read_text(encoding="utf-8")
        for place in ("etc/pip.conf", "etc/xdg/pip", "root/.config/pip", "root/.pip")
        for path in [root / place, *(root / place).glob("**/*")]
        if path.is_file()
    ]
    texts += [f"find-links={value}" for name, value in handed_on.items() if _PLACES.match(name)]
    found = _FOLDERS.findall("\n".join(texts))
    # An index names the files beside it.
    folders = {Path(name).parent if name.endswith("/simple") else Path(name) for name in found}
    return handed_on | {
        "FOLDERS": " ".join(sorted(str(folder) for folder in folders if folder.is_dir())),
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    }


@contextmanager
def running(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``make run``, which is stopped in the end as somebody at a terminal stops it."""
    process = subprocess.Popen(
        enter(root, f"exec make run PORT={PORT}"), env=environment(root), start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for_answer(process: subprocess.Popen[bytes]) -> None:
    """Wait until the site answers.

    Raises:
        RuntimeError: it ended, or took too long.
    """
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/v3/languages/", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
        else:
            return
    raise RuntimeError("make run has not led to a site that answers.")


def main() -> int:
    """Run both, and return the exit code of the tests."""
    with tempfile.TemporaryDirectory(prefix="fresh-") as folder:
        root = Path(folder) / "debian"
        began = time.monotonic()
        make_system(root)
        subprocess.run(
            ["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(root / PLACE)],
            check=True,
        )
        print(f"A bare Debian in {time.monotonic() - began:.0f} s.", flush=True)
        began = time.monotonic()
        with running(root) as process:
            wait_for_answer(process)
        print(f"make run answered after {time.monotonic() - began:.0f} s.", flush=True)
        began = time.monotonic()
        inside = environment(root) | {"ARGUMENTS": os.environ.get("ARGUMENTS", ""), "CI": "1"}
        code = subprocess.run(enter(root, "exec .ci/run"), env=inside, check=False).returncode
        print(f".ci/run ended with {code} after {time.monotonic() - began:.0f} s.", flush=True)
        return code


if __name__ == "__main__":
    sys.exit(main())
