"""Processor time of everything that a process has started, whatever became of it."""

import ctypes
import os
import resource
from pathlib import Path

_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")
_PROCESSES = Path("/proc")


def adopt_orphans() -> bool:
    """Make this process the parent of what its descendants leave behind, as a daemon does.

    The kernel adds a process's time to that of the parent that waits for it. A database server
    or a browser that detaches itself would otherwise be waited for by process 1, and its time lost.

    Returns:
        Whether the system can do it; only Linux can.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (AttributeError, OSError):
        return False


def processor_seconds() -> float:
    """User and system time of this process and of all its descendants, ended or not.

    To be called while no child is waited for: ended orphans are.
    """
    _wait_for_ended()
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    return seconds + _of_running(os.getpid())


def _wait_for_ended() -> None:
    while True:
        try:
            process, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if process == 0:
            return


def _of_running(ancestor: int) -> float:
    """Time of the descendants that still run, and of what these have waited for."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            # The name of the program, in brackets, may hold spaces and brackets.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # It has ended meanwhile.
            continue
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    total = 0
    for process, spent in ticks.items():
        parent = parents[process]
        while parent in parents and parent != ancestor:
            parent = parents[parent]
        if parent == ancestor:
            total += spent
    return total / _TICKS
