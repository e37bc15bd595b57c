"""Stages of a run: what each costs, how many tests it held, and which of them were slowest."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.harness.processor_time import adopt_orphans, processor_seconds
from tests.harness.recipes import PROJECT

RESULTS = PROJECT / ".venv" / "tests"
SLOWEST = 20


@dataclass
class Stage:
    """A part of a run.

    Attributes:
        wall: seconds on the clock.
        processor: seconds of user and system time, of all processes together.
        tests: each with its seconds; a test that was skipped is among them.
    """

    name: str
    wall: float = 0
    processor: float = 0
    tests: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Command:
    """A command that is a stage of its own.

    Attributes:
        variables: what its environment has beside that of the run.
        results: the file in which pytest writes the duration of each test.
    """

    name: str
    arguments: Sequence[str]
    variables: dict[str, str] = field(default_factory=dict)
    results: Path | None = None


class Run:
    """The stages so far."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self._counts_all = adopt_orphans()
        RESULTS.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def remainder(self, name: str) -> Iterator[None]:
        """A stage of all processor time within that is of no stage within: a server's."""
        stages, before = len(self.stages), processor_seconds()
        yield
        spent = processor_seconds() - before
        spent -= sum(stage.processor for stage in self.stages[stages:])
        self.stages.append(Stage(name, processor=spent))

    def execute(self, *chains: Command | Sequence[Command]) -> int:
        """Run chains of commands at one time, each command a stage; return the worst exit code.

        A chain ends with a command that fails. The first chain says what it has to say at once,
        each of the others when those before it are done, or as soon as it fails.
        """
        with ThreadPoolExecutor() as pool:
            running = [
                pool.submit(self._follow, chain, RESULTS / f"{number}.log" if number else None)
                for number, chain in enumerate(
                    (each,) if isinstance(each, Command) else each for each in chains
                )
            ]
            codes = []
            for chain in running:
                code, stages, log = chain.result()
                if log is not None and code == 0:
                    _say(log)
                self.stages += stages
                codes.append(code)
        return max(codes)

    def _follow(
        self, commands: Sequence[Command], log: Path | None
    ) -> tuple[int, list[Stage], Path | None]:
        if log is not None:
            log.unlink(missing_ok=True)
        code, stages = 0, []
        for command in commands:
            code, stage = self._execute(command, log)
            stages.append(stage)
            if code:
                break
        if code and log is not None:
            _say(log)
        return code, stages, log

    def _execute(self, command: Command, log: Path | None) -> tuple[int, Stage]:
        heading = f"\n=== {command.name} ===\n"
        if log is None:
            sys.stdout.write(heading)
            sys.stdout.flush()
        else:
            with log.open("a", encoding="utf-8") as written:
                written.write(heading)
        if command.results is not None:
            command.results.unlink(missing_ok=True)
        began = time.monotonic()
        with open(log or os.devnull, "a", encoding="utf-8") as output:  # noqa: PTH123
            process = subprocess.Popen(
                command.arguments,
                cwd=PROJECT,
                env=_environment() | command.variables,
                stdout=output if log else None,
                stderr=subprocess.STDOUT if log else None,
            )
            _process, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        stage = Stage(command.name, time.monotonic() - began, used.ru_utime + used.ru_stime)
        if command.results is not None and command.results.exists():
            stage.tests = _durations(command.results)
        return abs(process.returncode), stage

    def report(self) -> str:
        """A table of the stages, and the slowest tests."""
        width = max(len(stage.name) for stage in self.stages)
        lines = ["", f"{'Stage':{width}}  {'clock':>7}  {'processor':>9}  {'tests':>5}"]
        for stage in self.stages:
            tests = str(len(stage.tests) or "")
            clock = _minutes(stage.wall) if stage.wall else ""
            processor = _minutes(stage.processor)
            lines.append(f"{stage.name:{width}}  {clock:>7}  {processor:>9}  {tests:>5}")
        everything = _minutes(sum(stage.processor for stage in self.stages))
        lines.append(f"{'Processor time in all':{width}}  {'':>7}  {everything:>9}")
        if not self._counts_all:
            lines.append("Time of processes that detached themselves is not in it.")
        slowest = sorted(
            (
                (seconds, f"{test}  ({stage.name})")
                for stage in self.stages
                for test, seconds in stage.tests.items()
            ),
            reverse=True,
        )[:SLOWEST]
        if slowest:
            lines += ["", "Slowest tests, in seconds on the clock, their fixtures included:"]
            lines += [f"{seconds:8.1f}  {test}" for seconds, test in slowest]
        return "\n".join(lines)


def _say(log: Path) -> None:
    sys.stdout.write(log.read_text(encoding="utf-8"))
    sys.stdout.flush()


def pytest_command(name: str, database_url: str, *arguments: str) -> Command:
    """Tests on a database, as a stage."""
    results = RESULTS / f"{name.replace(' ', '-').lower()}.xml"
    return Command(
        name,
        [sys.executable, "-m", "pytest", f"--junit-xml={results}", *arguments],
        {"DATABASE_URL": database_url},
        results,
    )


def _environment() -> dict[str, str]:
    """The environment of the run; compiled modules are kept, whatever the shell says of them."""
    return {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}


def _durations(results: Path) -> dict[str, float]:
    durations: dict[str, float] = {}
    for case in ET.parse(results).iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        # A test that fails and whose fixture then fails too stands there twice.
        durations[name] = durations.get(name, 0) + float(case.get("time", 0))
    return durations


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
