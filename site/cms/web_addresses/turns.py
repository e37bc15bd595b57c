"""Turns: the worker takes up the addresses again and again, for some seconds each time.

``manage.py keep_publishing`` calls :func:`wake` every minute. Where something is to be done it
queues one task; so other work of the worker waits for some seconds at most.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from cms.delivery.publishing.sequence import current_sequence
from cms.web_addresses.checking import hosts
from cms.web_addresses.checking.asking import Answer, Problem, Status, ask, judge_unasked
from cms.web_addresses.checking.verdicts import record
from cms.web_addresses.gathering.following import gather, is_behind
from cms.web_addresses.models import Progress, WebAddress, WebHost

GATHERING: Final = 4
ASKING: Final = 8
"""Seconds for which a turn begins anything new of either kind."""

MOST: Final = 50
"""Servers that a turn asks, and addresses of one of them that it looks at."""

LOST_AFTER: Final = timedelta(minutes=10)
"""Time after which a task that was queued is taken for lost, with its worker."""


def wake() -> None:
    """Queues a turn where there is something to do and none is queued."""
    now = timezone.now()
    progress = Progress.load()
    if not is_behind(progress, current_sequence()) and not due().exists():
        return
    free = Progress.objects.filter(Q(turn_at=None) | Q(turn_at__lt=now - LOST_AFTER))
    if free.update(turn_at=now):
        take_turn.enqueue()


@task(backend="background")
def take_turn() -> None:
    """Notes which addresses stand where, and asks some of those that are due."""
    try:
        gather(_clock(GATHERING))
        check(_clock(ASKING))
    finally:
        Progress.objects.update(turn_at=None)


def due() -> QuerySet[WebAddress]:
    """The addresses that are to be asked now; first those for which somebody waits."""
    found = WebAddress.objects.filter(next_check_at__lte=timezone.now())
    if not settings.WEB_ADDRESSES_CHECK:
        return found.none()
    return found


def check(has_time: Callable[[], bool]) -> None:
    """Asks addresses that are due, one of each server that may be asked."""
    for name in _hosts():
        of_host = due().filter(host=name).order_by("-is_wanted", "next_check_at")
        for address in of_host[:MOST]:
            if not has_time():
                return
            if not address.places.exists():
                # Nothing leads there any more. Until now it was kept, with what was said of it.
                address.delete()
            elif (answer := judge_unasked(address.url)) is not None:
                record(address, answer)
            else:
                _ask(address)
                break


def _hosts() -> list[str]:
    """The servers with an address that is due; first those for whose somebody waits."""
    busy = WebHost.objects.filter(name=OuterRef("host"), free_at__gt=timezone.now())
    found = due().filter(~Exists(busy)).order_by().values("host")
    waiting = found.filter(is_wanted=True).annotate(first=Min("next_check_at")).order_by("first")
    others = found.annotate(first=Min("next_check_at")).order_by("first")
    return list(dict.fromkeys(row["host"] for rows in (waiting, others) for row in rows[:MOST]))


def _ask(address: WebAddress) -> None:
    host = hosts.take(address.host)
    if host is None:
        return
    answer = Answer(Status.SILENT, Problem.CONNECTION)
    try:
        answer = ask(address.url, host)
        record(address, answer)
    finally:
        hosts.let_go(host, answer.again_at)


def _clock(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until
