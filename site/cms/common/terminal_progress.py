"""Shows on a terminal that long work goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """What is being written, on a terminal; silence elsewhere and where it is asked for."""
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
def bar(title: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """How much of it is done, on a terminal; silence elsewhere and where it is asked for."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    is_shown = console.is_terminal and not quiet
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not is_shown, transient=True
    ) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
