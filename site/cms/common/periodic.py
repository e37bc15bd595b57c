"""Tasks that are done again and again besides publishing what was scheduled.

``manage.py keep_publishing`` does it at every turn. Rooms above this one add their own in the
``ready()`` of their application.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError

logger = logging.getLogger(__name__)

_chores: dict[str, Callable[[], None]] = {}


def register_periodic_task(name: str, chore: Callable[[], None]) -> None:
    """Have something done at every turn.

    Args:
        name: what it is called when it fails; a second one of the same name replaces the first.
        chore: is over within seconds, and may be called in several processes at one time.
    """
    _chores[name] = chore


def run_periodic_tasks() -> None:
    """Do everything that is registered; one that fails is noted and keeps nothing else from it.

    Raises:
        DatabaseError: the database is away or busy; the rest waits for the next turn.
    """
    for name, chore in _chores.items():
        try:
            chore()
        except DatabaseError:
            raise
        except Exception:
            logger.exception("%s failed, and is tried again at the next turn", name)
