"""Decides what an answer means: whether an address is dead, and when it is asked next.

A server that is away for an evening alarms nobody. What is gone by its own word is believed the
next day; what is silent after three failures over three days. And silence counts only where another
server out there has answered since it began: else it may be this one that does not reach the net.
"""

import random
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from cms.web_addresses.checking.asking import Answer, Problem, Status
from cms.web_addresses.checking.hosts import LONGEST_PAUSE
from cms.web_addresses.models import Progress, WebAddress


class Patience(NamedTuple):
    """The failures that make an address dead: so many in a row, over so long."""

    failures: int
    over: timedelta


PATIENCE: Final = {
    Problem.INVALID: Patience(1, timedelta(0)),
    Problem.MISSING: Patience(2, timedelta(hours=18)),
}
SILENCE: Final = Patience(3, timedelta(days=3))
"""The same of everything else that is no answer."""

NEXT_DAY: Final = timedelta(days=1)
"""Time after which what failed is asked again, until it is known to be dead."""

DEAD: Final = timedelta(days=3)
"""The same of what is dead, and may come back."""

JITTER: Final = 0.2
"""Share by which a time is shorter or longer, so that not everything is due on one day."""

_FAILURES: Final = frozenset({Status.GONE, Status.SILENT})

_OF_NO_SERVER: Final = frozenset({Problem.NAME, Problem.CONNECTION, Problem.TIME})
"""Problems that look the same when this server does not reach the net."""


def record(address: WebAddress, answer: Answer) -> None:
    """Notes an answer."""
    now = timezone.now()
    if answer.is_answered:
        Progress.objects.update(answered_at=now)
    is_failure = answer.status in _FAILURES
    if (address.status, address.problem) != (answer.status, answer.problem):
        # Of what was never looked at it is the first that is known.
        address.since = address.failing_since or now if is_failure else now
    if is_failure:
        address.failures += 1
        address.failing_since = address.failing_since or now
        address.is_dead = _is_dead(address, answer, now)
    else:
        # Or nobody knows: what was dead is no longer said to be.
        address.failures, address.failing_since, address.is_dead = 0, None, False
    address.status, address.problem = answer.status, answer.problem
    address.http_status, address.moved_to = answer.http_status, answer.moved_to
    address.detail, address.checked_at, address.is_wanted = answer.detail[:2_000], now, False
    address.next_check_at = _next(address, answer, now)
    # Nothing but this: meanwhile somebody may have said that it is right.
    address.save(update_fields=_RECORDED)


_RECORDED: Final = (
    "status",
    "problem",
    "http_status",
    "detail",
    "moved_to",
    "checked_at",
    "since",
    "failures",
    "failing_since",
    "is_dead",
    "next_check_at",
    "is_wanted",
)


def _is_dead(address: WebAddress, answer: Answer, now: datetime) -> bool:
    began = address.failing_since or now
    patience = PATIENCE.get(Problem(answer.problem), SILENCE)
    if address.failures < patience.failures or now - began < patience.over:
        # One that was dead for another reason stays so.
        return address.is_dead
    if answer.problem in _OF_NO_SERVER and not answer.is_answered:
        return address.is_dead or _has_been_answered(began)
    return True


def _has_been_answered(since: datetime) -> bool:
    return Progress.objects.filter(answered_at__gt=since).exists()


def _next(address: WebAddress, answer: Answer, now: datetime) -> datetime:
    wait = timedelta(days=settings.WEB_ADDRESSES_EVERY_DAYS)
    if answer.status in _FAILURES:
        wait = min(wait, DEAD if address.is_dead else NEXT_DAY)
    elif answer.again_at:
        wait = min(wait, NEXT_DAY)
    wait *= random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    return max(now + wait, min(answer.again_at or now, now + LONGEST_PAUSE))
