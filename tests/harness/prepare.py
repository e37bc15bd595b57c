"""Makes the templates that are missing: ``python -m tests.harness.prepare [--anew] [names]``.

With ``--anew`` the migrations run from nothing, whether or not what they make is kept.

In a process of its own, so that nothing of the making stays in the caches of a process that tests.
"""

import fcntl
import os
import pickle
import shutil
import sys
import time

import django
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import setup_test_environment

# Puts the environment in order; nothing above has read the settings yet.
import tests.isolation  # noqa: F401
from tests.harness.recipes import EMPTY, MIGRATED, SITES
from tests.harness.templates import FOLDER, Templates, forget_old, templates

_ANEW = "--anew"


def prepare(names: list[str], *, anew: bool = False) -> None:
    """Make templates, each in its turn; others who want the same wait and then find it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = templates("prepare")
        forget_old(kept)
        try:
            if anew:
                _make(kept, MIGRATED)
            for name in [MIGRATED, EMPTY, *names]:
                _make_sure_of(kept, name)
        finally:
            kept.end()


def _make_sure_of(kept: Templates, name: str) -> None:
    if not kept.has(name):
        _make(kept, name)


def _make(kept: Templates, name: str) -> None:
    began = time.monotonic()
    if name == MIGRATED:
        kept.begin()
        call_command("migrate", verbosity=0, skip_checks=True)
    elif name == EMPTY:
        kept.restore(MIGRATED)
        call_command("migrate", verbosity=0, skip_checks=True)
    else:
        _build(kept, name)
    kept.keep(name)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{connection.display_name}: {name}, {seconds:.1f} s\n")
    sys.stdout.flush()


def _build(kept: Templates, name: str) -> None:
    # Its imports need applications that are ready.
    from tests.factories.building import media_in, settle

    recipe, files = SITES[name], kept.files(name)
    shutil.rmtree(files, ignore_errors=True)
    bases = []
    if recipe.base == EMPTY:
        files.mkdir(parents=True)
    else:
        _make_sure_of(kept, recipe.base)
        shutil.copytree(kept.files(recipe.base), files)
        bases = [pickle.loads(kept.held(recipe.base).read_bytes())]
    kept.restore(recipe.base)
    cache.clear()
    with media_in(files / "media"), transaction.atomic():
        site = recipe.load()(*bases)
        settle()
        if not recipe.commits:
            connection.run_on_commit.clear()
    kept.held(name).write_bytes(pickle.dumps(site))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    setup_test_environment(debug=False)
    arguments = set(sys.argv[1:])
    prepare(sorted(arguments - {_ANEW}) or list(SITES), anew=_ANEW in arguments)
