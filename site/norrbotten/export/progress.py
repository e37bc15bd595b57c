"""Shows on a terminal that long work goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


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
