"""``make bench``, part of the editors: the publication of many new blocks beside their draft.

``python -m tests.benchmark_editing`` has a program write a page anew through API v3, as a draft and
published, on SQLite, then on PostgreSQL. Who publishes on SQLite locks all other writers out.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.harness.postgresql import postgresql

PROJECT: Final = Path(__file__).resolve().parents[1]
ROUNDS: Final = 5
NUMBERS: Final = (100, 500, 1_000)
AIM: Final = 3.0


def work() -> dict[int, tuple[float, float]]:
    """Seconds of a draft and of a publication, the medians, by the number of blocks."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from wagtail.models import APIToken, Page

    from cms.demo.site import BUNDLE
    from home.models import ContentPage
    from tests.factories.blocks import new_blocks

    call_command("migrate", skip_checks=True, verbosity=0)
    call_command("import_content", BUNDLE, quiet=True)
    user = get_user_model().objects.create_superuser("chef")
    _token, secret = APIToken.create_token(user=user, name="benchmark")
    client = Client(HTTP_HOST="127.0.0.1", headers={"Authorization": f"Bearer {secret}"})

    def seconds(page: Any, number: int, word: str, *, publish: bool) -> float:
        fields: dict[str, Any] = {"body": new_blocks(number, word)}
        if publish:
            fields["meta"] = {"action": "publish"}
        started = time.perf_counter()
        answer = client.patch(f"/api/v3/pages/{page.pk}/", fields, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return time.perf_counter() - started

    home: Any = Page.objects.get(depth=2, locale__language_code="sv").specific
    found = {}
    for number in NUMBERS:
        page = ContentPage(title="Lång", slug=f"lang-{number}")
        home.add_child(instance=page)
        seconds(page, number, "först", publish=True)
        drafts, published = (
            [seconds(page, number, f"{publish}{count}", publish=publish) for count in range(ROUNDS)]
            for publish in (False, True)
        )
        found[number] = statistics.median(drafts), statistics.median(published)
    return found


def measure(database_url: str, folder: Path) -> None:
    """The rows of one database."""
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "CACHE_URL": "",
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmark_editing", "work"]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    name = "PostgreSQL" if database_url else "SQLite"
    for number, (draft, published) in json.loads(done.stdout.strip().splitlines()[-1]).items():
        ratio = published / draft
        label = f"{name}, {int(number):,} new blocks"
        print(
            f"{label:34}{draft * 1000:10.0f}{published * 1000:14.0f}"
            f"{ratio:12.2f}{published * 1000 / int(number):14.2f}"
            f"{'' if ratio <= AIM else '   missed'}",
            flush=True,
        )


def main() -> None:
    """Both databases."""
    print(f"{'':34}{'draft, ms':>10}{'published, ms':>14}{'ratio, ≤ 3':>12}{'ms a block':>14}")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        measure("", Path(folder))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, postgresql() as url:
        measure(url, Path(folder))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        print(json.dumps(work()))
