"""Editors at work and readers who follow, as a program on a database of its own.

``python -m tests.cms.delivery.publishing.editing_program trial SECONDS``, and the others
below; each ends with the first thing that was wrong.
"""

import json
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, Final

WRITERS: Final = 8
READERS: Final = 2
PAGES: Final = 12


class Trial:
    """One run, with what its threads found."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.faults: list[str] = []
        self.counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def note(self, what: str) -> None:
        with self._lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def thread(self, act: Callable[[random.Random], None], seed: int) -> threading.Thread:
        """Acts again and again until time is up or something was wrong."""
        from django.db import connection

        def run() -> None:
            chance = random.Random(seed)
            try:
                while time.monotonic() < self.ends and not self.faults:
                    act(chance)
            except Exception as error:  # noqa: BLE001 - whatever it is, the trial has failed
                self.faults.append("".join(traceback.format_exception(error)))
            finally:
                connection.close()

        return threading.Thread(target=run)


def edit(trial: Trial, chance: random.Random) -> None:
    """One editor's step: most publish, some unpublish, move, delete or make a page."""
    from django.core.exceptions import ObjectDoesNotExist, ValidationError
    from django.db import DatabaseError
    from treebeard.exceptions import InvalidMoveToDescendant
    from wagtail.models import Page

    from cms.delivery.tracking.transaction import tracked_transaction
    from home.models import ContentPage

    pages = ContentPage.objects.order_by("pk")
    position = chance.randrange(PAGES)
    act = chance.choices(["publish", "unpublish", "move", "replace"], [6, 2, 2, 1])[0]
    # As a view does: what was read before the transaction is changed in it.
    page = pages[position : position + 1].first()
    home = Page.objects.get(depth=2, slug="start")
    if page is None:
        return
    try:
        if act == "publish":
            page.title = f"Titel {chance.random()}"
            page.save_revision().publish()
        elif act == "unpublish":
            page.unpublish()
        elif act == "move":
            page.move(chance.choice([home, *pages]), pos="last-child")
        else:
            page.delete()
            with tracked_transaction():
                _make(home, pages.count(), chance)
    except (InvalidMoveToDescendant, ObjectDoesNotExist, ValidationError):
        # What it was to be moved to, or was below, went elsewhere meanwhile: nothing is stored.
        act = "refused"
    except DatabaseError:
        # As Django says that what it would update is gone.
        if ContentPage.objects.filter(pk=page.pk).exists():
            raise
        act = "refused"
    trial.note(act)


def _make(home: Any, there: int, chance: random.Random) -> None:
    from wagtail.models import Page

    from home.models import ContentPage

    for _page in range(PAGES - there):
        number = chance.randrange(10**12)
        parent = Page.objects.get(pk=home.pk)
        parent.add_child(instance=ContentPage(title=f"Sida {number}", slug=f"sida-{number}"))


class Follower:
    """A reader who holds digests by place, and knows what there was at each number."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.mirror: dict[tuple[str, str], str] = {}
        self.cursor: Any = None

    def step(self, chance: random.Random) -> None:
        """Reads on, and compares with everything that is live at the same moment."""
        from django.db import connection, transaction

        from cms.delivery.endpoints.change_feed import FeedQuery, changes_after
        from cms.delivery.models import PublishedDocument

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            more = True
            while more:
                page = changes_after(FeedQuery(self.cursor, limit=chance.choice([1, 3, 1000])))
                for item in map(json.loads, page.items):
                    place = item["key"], item["locale"] or ""
                    if item["op"] == "publish":
                        self.mirror[place] = item["digest"]
                    else:
                        self.mirror.pop(place, None)
                self.cursor, more = page.position, page.more
            live = {
                (str(key), locale): digest
                for key, locale, digest in PublishedDocument.objects.filter(
                    listed=True
                ).values_list("key", "locale", "digest")
            }
        if live != self.mirror:
            missing = set(live.items()) ^ set(self.mirror.items())
            self.trial.faults.append(f"At {self.cursor} a reader differs in {missing}.")
        self.trial.note("read")
        time.sleep(chance.random() / 50)


class Slow(Follower):
    """A reader who takes one small page at a time, each at another moment."""

    def step(self, chance: random.Random) -> None:
        """Reads a little."""
        from cms.delivery.endpoints.change_feed import FeedQuery, changes_after

        page = changes_after(FeedQuery(self.cursor, limit=2))
        for item in map(json.loads, page.items):
            place = item["key"], item["locale"] or ""
            if item["op"] == "publish":
                self.mirror[place] = item["digest"]
            else:
                self.mirror.pop(place, None)
        self.cursor = page.position
        self.trial.note("read a little")


def _start() -> None:
    from wagtail.models import Locale, Page, Site

    from home.models import HomePage

    Site.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()
    locale = Locale.objects.get(language_code="sv")
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Start", slug="start", locale=locale)
    )
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    _make(home, 0, random.Random(0))


def start() -> None:
    """A small site in a database that was migrated and has nothing else."""
    _start()


def trial(seconds: str) -> None:
    """Writers and readers at one time; prints what they did."""
    from cms.delivery.models import PublishedDocument

    _start()
    run = Trial(float(seconds))
    followers = [Follower(run) for _reader in range(READERS)]
    slow = Slow(run)
    threads = [
        *(run.thread(lambda chance: edit(run, chance), seed) for seed in range(WRITERS)),
        *(run.thread(each.step, 100 + seed) for seed, each in enumerate([*followers, slow])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if run.faults:
        sys.exit(run.faults[0])
    check()
    # The slow one catches up, and has missed nothing on the way.
    before = None
    while slow.cursor != before:
        before = slow.cursor
        slow.step(random.Random(1))
    live = PublishedDocument.objects.filter(listed=True).values_list("key", "locale", "digest")
    if slow.mirror != {(str(key), locale): digest for key, locale, digest in live}:
        sys.exit("A slow reader missed something.")
    print(json.dumps(run.counts))


def work() -> None:
    """One editor, and the rebuilding of everything now and then, until the process is killed."""
    from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
    from cms.delivery.publishing.invalidation import EVERYTHING

    run = Trial(600)
    chance = random.Random()
    print("ready", flush=True)
    while True:
        edit(run, chance)
        if chance.random() < 0.2:
            leave_to_worker([EVERYTHING])
            render_backlog()


def check() -> None:
    """Does what the worker and ``keep_publishing`` do, then compares everything."""
    from wagtail.models import Page

    from cms.delivery.publishing.backlog import render_backlog
    from cms.delivery.publishing.consistency_check import differences
    from cms.translation.sources.following import follow, unfollowed

    if any(problems := Page.find_problems()):
        sys.exit(f"The tree has problems: {problems}")
    for instance in unfollowed():
        follow(instance)
    render_backlog()
    if found := list(differences()):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    import django

    django.setup()
    commands: dict[str, Callable[..., None]] = {
        "check": check,
        "start": start,
        "trial": trial,
        "work": work,
    }
    commands[sys.argv[1]](*sys.argv[2:])
