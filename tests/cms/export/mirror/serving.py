"""nginx as docs/mirror.md has it, serving a mirror."""

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DOCUMENTATION: Final = Path(__file__).resolve().parents[4] / "docs" / "mirror.md"
NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
BROTLI: Final = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
WHY_SKIPPED: Final = "nginx is not installed; .ci/run installs it"


@dataclass(frozen=True)
class Served:
    """An answer; headers by their names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """Something that answers on a port of this machine."""

    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Served:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=asked)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Served(response.status, found, body)


def configuration(root: Path, port: int, *, brotli: bool, behind: int | None) -> str:
    """The text of the documentation, for this folder and this port."""
    text = re.search(r"```nginx\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert text
    found = text[1].replace("/srv/mirror", str(root)).replace("listen 80;", f"listen {port};")
    if behind is not None:
        alone, site = re.findall(
            r"(    (?:# )?location @dynamic {.+?\n    (?:# )?})", found, re.DOTALL
        )
        found = found.replace(alone, "").replace(site, site.replace("    # ", "    "))
        found = found.replace("error_page 404 = @missing;", "error_page 404 = @dynamic;")
        found = found.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{behind}")
    return found.replace("# brotli_static on;", "brotli_static on;") if brotli else found


@contextmanager
def nginx(
    root: Path, folder: Path, *, brotli: bool = False, behind: int | None = None
) -> Iterator[Server]:
    """Serves a mirror; what nginx itself writes goes to another folder.

    Args:
        behind: the port of the site, where it stands behind the mirror.
    """
    port = free_port()
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        (f"load_module {BROTLI};\n" if brotli else "")
        + f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors warn;\n"
        # Whoever runs the tests owns the folder.
        + ("user root;\n" if Path(folder).owner() == "root" else "")
        + f"events {{ }} http {{ access_log off;\n{temporary}"
        + configuration(root, port, brotli=brotli, behind=behind)
        + "}",
        encoding="utf-8",
    )
    assert NGINX
    server = subprocess.Popen(
        [NGINX, "-e", str(folder / "errors"), "-c", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server, folder / "errors")
        yield Server(port)
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]", errors: Path) -> None:
    """Waits until a server that was started listens.

    Raises:
        TimeoutError: it does not within ten seconds.
    """
    for _turn in range(200):
        assert server.poll() is None, errors.read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server did not answer within ten seconds.")
