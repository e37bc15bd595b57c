"""The worker's work, within a test."""

from unittest.mock import patch

from django.core.management import call_command


def work() -> None:
    """Does what ``manage.py db_worker`` would, until nothing is due.

    The worker drops connections that have grown old; on PostgreSQL it would take the one that
    holds a test's transaction for such a one.
    """
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("db_worker", "--batch", "--backend=background", "--interval=0", verbosity=0)
