"""Progress of long work: the calls by which it is reported, and bars that show it on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

ReportProgress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""
ReportDone = Callable[[int], None]
"""Is told how much is done, where whoever follows it knows of how much."""
ReportFile = Callable[[str], None]
"""Is told the name of each file that is written or read."""


class ShowProgress(Protocol):
    """A bar: :data:`ReportProgress` and :data:`ReportDone` in one."""

    def __call__(self, done: int, total: int | None = None, /) -> None:
        """Shows how much is done; ``total`` is needed where it was not known before."""


def silent(done: int, total: int) -> None:
    """Tells nobody."""


@contextmanager
def file_progress(title: str, *, quiet: bool = False) -> Iterator[ReportFile]:
    """Shows the file in work on a terminal; silent elsewhere and where that is asked for."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,} files"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[current]}"),
    )
    is_shown = console.is_terminal and not quiet
    with Progress(*columns, console=console, disable=not is_shown, transient=True) as shown:
        task = shown.add_task(title, total=None, current="")
        yield lambda name: shown.update(task, advance=1, current=name)


@contextmanager
def progress_bar(
    title: str, total: int | None = None, *, quiet: bool = False
) -> Iterator[ShowProgress]:
    """Shows a bar on a terminal; silent elsewhere and where that is asked for."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    is_shown = console.is_terminal and not quiet
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not is_shown, transient=True
    ) as shown:
        task = shown.add_task(title, total=total)
        yield lambda done, of=None: shown.update(task, completed=done, total=of)
