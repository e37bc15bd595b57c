"""A small site on another origin that shows drafts by the client's script."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tests.running.serving import PROJECT

FOLDER: Final = Path(__file__).parent
SCRIPT: Final = PROJECT / "site/client/src/preview.ts"
TYPESCRIPT: Final = PROJECT / "tests/typescript"
NPM: Final = shutil.which("npm")

_OPTIONS: Final = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "verbatimModuleSyntax": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2023", "dom", "dom.iterable"],
    "types": [],
    "removeComments": True,
    "outDir": "out",
}


def compiled_script(folder: Path) -> str:
    """The script as JavaScript, compiled in a folder of its own: another test may install too."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(TYPESCRIPT / name, folder)
    shutil.copy(SCRIPT, folder)
    options = {"compilerOptions": _OPTIONS, "files": [SCRIPT.name]}
    (folder / "tsconfig.json").write_text(json.dumps(options), encoding="utf-8")
    for command in (
        [str(NPM), "ci", "--no-audit", "--no-fund", "--prefer-offline"],
        [str(NPM), "exec", "--", "tsc", "--project", "."],
    ):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "out" / "preview.js").read_text(encoding="utf-8")


@contextmanager
def served_front_end(script: str, api: str) -> Iterator[str]:
    """Serves the site; every path is the page that shows a draft."""
    page = (FOLDER / "index.html").read_text(encoding="utf-8").replace("API", api)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/preview.js"
            body = (script if is_script else page).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
