"""``make bench``: how fast documents are rendered, beside Wagtail's own API v3, in one run.

``python -m tests.benchmark`` prints a table. Each row asks both for the same pages of the demo, in
turns, so that whatever else the machine does meets both alike; a ratio above 1 says that ours is
faster. Stock is the same site without the schemas of ``cms.content``: it serves ids instead
of relations, no renditions, no translations, and follows internal links one by one. Both render
for each request, as for who has a token; how fast stored documents are, the third part measures.
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

PROJECT: Final = Path(__file__).resolve().parents[1]
ROUNDS: Final = 7
REQUESTS: Final = 30

ADDRESSES: Final = {
    "page with four internal links": "links",
    "story with images and relations": "strategy.StoryPage",
    "start page": "home.HomePage",
    "list of 20 titles": "list",
}


def serve_measurements(*, stock: bool) -> None:
    """Answers each address on standard input with the median seconds of a request."""
    if stock:
        from cms.content.apps import ContentConfig

        ContentConfig.ready = lambda self: None  # type: ignore[method-assign]
    import django

    django.setup()
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    for line in sys.stdin:
        url = line.strip()
        for _warming in range(3):
            response = client.get(url)
            assert response.status_code == 200, (url, response.content)
        taken = []
        for _request in range(REQUESTS):
            started = time.perf_counter()
            client.get(url)
            taken.append(time.perf_counter() - started)
        print(json.dumps(statistics.median(taken)), flush=True)


def demo_addresses() -> dict[str, str]:
    """The addresses to ask, after giving one page four internal links."""
    import django

    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page

    from cms.demo.site import BUNDLE
    from strategy.models import PriorityAreaPage, StoryPage

    call_command("migrate", skip_checks=True, verbosity=0)
    call_command("import_content", BUNDLE, quiet=True)
    linked: Any = PriorityAreaPage.objects.filter(locale__language_code="sv").first()
    targets = Page.objects.filter(depth=3, locale__language_code="sv")[:4]
    linked.challenges = "".join(
        f'<p>Läs mer om <a linktype="page" id="{page.pk}">{page.title}</a>.</p>' for page in targets
    )
    linked.save_revision().publish()
    story: Any = StoryPage.objects.filter(locale__language_code="sv").first()
    home = Page.objects.get(depth=2, locale__language_code="sv")
    detail = "/api/v3/pages/{}/?rich_text_format=html".format
    pages = [detail(linked.pk), detail(story.pk), detail(home.pk), "/api/v3/pages/?limit=20"]
    return dict(zip(ADDRESSES, pages, strict=True))


def main() -> None:
    """Measures both and prints the table."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ.update(
            DATA_DIR=folder, CACHE_URL="", DJANGO_SETTINGS_MODULE="cms.settings.development"
        )
        print("Loading the demo ...", file=sys.stderr, flush=True)
        addresses = demo_addresses()
        servers = {name: _start(name) for name in ("ours", "stock")}
        print(f"{'':34}{'ours, ms':>10}{'stock v3, ms':>14}{'stock / ours':>14}")
        for label, url in addresses.items():
            taken: dict[str, list[float]] = {name: [] for name in servers}
            for _round in range(ROUNDS):
                for name, server in servers.items():
                    taken[name].append(_ask(server, url))
            ours, stock = (statistics.median(taken[name]) * 1000 for name in ("ours", "stock"))
            print(f"{label:34}{ours:10.1f}{stock:14.1f}{stock / ours:14.2f}", flush=True)
        for server in servers.values():
            server.terminate()


def _start(name: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmark", name],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _ask(server: Any, url: str) -> float:
    server.stdin.write(f"{url}\n")
    server.stdin.flush()
    return float(json.loads(server.stdout.readline()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve_measurements(stock=sys.argv[1] == "stock")
    else:
        main()
