"""Runs lint and every test: all on SQLite, and what a database can change on a real PostgreSQL.

``python -m tests.run [--fast | --release] [what to hand on to pytest]``; ends with 0 when all
passed. The two databases are at work at one time, a processor core each.
"""

import os
import sys

from tests.chromium import chromium_path
from tests.harness.changed_rooms import changed_files, tests_of
from tests.harness.postgresql import postgresql
from tests.harness.stages import Command, Run, pytest_command

FAST_SECONDS = 150
"""After so long ``make test FAST=1`` begins no further test, and says which it left out."""


def make(target: str, name: str) -> Command:
    """A target of the Makefile, as a stage."""
    return Command(name, ["make", "--no-print-directory", target])


def prepared_sites(name: str, database_url: str) -> Command:
    """The sites that tests begin with, as a stage; the migrations run from nothing."""
    arguments = [sys.executable, "-m", "tests.harness.prepare", "--anew"]
    return Command(name, arguments, {"DATABASE_URL": database_url})


def run_all(run: Run, arguments: list[str]) -> int:
    """Run lint and the tests on both databases, and return the worst exit code.

    Each database goes on to its tests as soon as its sites are made.
    """
    if not os.environ.get("RELEASE_TESTS"):
        arguments = ["--long-tests-once", *arguments]
    with run.remainder("The PostgreSQL server"), postgresql() as database_url:
        return run.execute(
            (
                prepared_sites("Migrations and example sites on SQLite", ""),
                pytest_command("Tests on SQLite", "", *arguments),
            ),
            (
                prepared_sites("Migrations and example sites on PostgreSQL", database_url),
                pytest_command(
                    "Tests on PostgreSQL", database_url, "--second-database", *arguments
                ),
            ),
            make("lint", "Lint"),
        )


def run_changed(run: Run, arguments: list[str]) -> int:
    """Run on SQLite the tests of the rooms that were changed, as far as the time allows."""
    rooms = tests_of(changed_files())
    print(f"Changed rooms: {', '.join(rooms)}", flush=True)
    options = [f"--within={FAST_SECONDS}", "-n", "2", "--dist", "loadfile"]
    return run.execute(
        pytest_command("Tests of changed rooms on SQLite", "", *options, *arguments, *rooms)
    )


def main(arguments: list[str]) -> int:
    """Run what was asked for, say what it cost, and return 0 when nothing failed."""
    is_fast, is_release = "--fast" in arguments, "--release" in arguments
    handed_on = [argument for argument in arguments if argument not in {"--fast", "--release"}]
    chromium = chromium_path()
    print(
        f"Browser tests run in {chromium}."
        if chromium
        else "Browser tests are skipped: Chromium is not installed. .ci/run installs it.",
        flush=True,
    )
    run = Run()
    if is_release:
        os.environ["RELEASE_TESTS"] = "1"
    if is_fast:
        style = Command("Style", [sys.executable, "-m", "ruff", "check", "."])
        exit_code = run.execute(style) or run_changed(run, handed_on)
    else:
        exit_code = run_all(run, handed_on)
    if is_release:
        exit_code = max(exit_code, run.execute(make("fresh", "Bare Debian")))
    print(run.report(), flush=True)
    return exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
