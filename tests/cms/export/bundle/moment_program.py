"""Writes a bundle while somebody publishes, as a program on a database of its own.

``python -m tests.cms.export.bundle.moment_program write FOLDER``; says what is in it. Needs
the site of ``editing_program start``.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

TITLE: Final = "Publicerad under tiden"


def publish() -> None:
    """Gives every page another title."""
    from home.models import ContentPage

    for page in ContentPage.objects.all():
        page.title = TITLE
        page.save_revision().publish()


def write(folder: str) -> None:
    """A bundle during which all is published anew, and what came since."""
    from cms.export.bundle.check_bundle import Bundle, faults
    from cms.export.bundle.since import read_base
    from cms.export.bundle.writing import BundleOptions, write_bundle

    def meanwhile(name: str) -> None:
        # What is written first is being written: the documents.
        if name.startswith("content/"):
            subprocess.run([sys.executable, "-m", __spec__.name, "publish"], check=True)

    base, since = Path(folder) / "base", Path(folder) / "since"
    write_bundle(base, BundleOptions(), meanwhile)
    write_bundle(since, BundleOptions(base=read_base(base)), lambda name: None)
    found: dict[str, Any] = {
        path.name: {
            "faults": list(faults(Bundle(path))),
            "new": sum(file.read_text().count(TITLE) for file in path.rglob("content/*.ndjson")),
            "new in source": (path / "source/pages.ndjson").read_text().count(TITLE),
        }
        for path in (base, since)
    }
    print(json.dumps(found))


if __name__ == "__main__":
    import django

    django.setup()
    commands: dict[str, Callable[..., None]] = {"publish": publish, "write": write}
    commands[sys.argv[1]](*sys.argv[2:])
