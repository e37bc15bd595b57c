"""Waiting for what may never come back."""

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class TookTooLong(Exception):
    """The time that there was for something is over."""


def call_with_timeout(
    seconds: float,
    function: Callable[Parameters, Result],
    *args: Parameters.args,
    **kwargs: Parameters.kwargs,
) -> Result:
    """Returns or raises what a function does, if it does so in time.

    For what cannot be given a time limit itself, as looking up a name cannot. It goes on in a
    thread of its own that nobody waits for any more, so it must leave no harm behind and use no
    database.

    Raises:
        TookTooLong: it did not.
    """
    results: list[Result] = []
    errors: list[Exception] = []

    def call() -> None:
        try:
            results.append(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for it
            errors.append(error)

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TookTooLong
    return results[0]
