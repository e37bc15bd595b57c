"""Real bundles that something has happened to: a value, a member, a line, a byte is another."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any, Final

DEEP: Final = "<b>" * 20_000 + "x" + "</b>" * 20_000
NO_CALENDAR: Final = (
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2026-02-31T00:00:00+00:00",
    "2026-13-01",
)


def nested(depth: int) -> Any:
    """Lists in one another."""
    value: Any = "x"
    for _number in range(depth):
        value = [value]
    return value


VALUES: Final[tuple[Any, ...]] = (
    *(None, True, -1, 0, 10**30, 1e308, float("nan"), [], {}, [[]], {"a": 1}, [None]),
    *("", " ", "x" * 300, "x" * 100_000, "\0", "\ud800", "\ufffe", "\u200b", "1e5", "%00"),
    *(*NO_CALENDAR, DEEP, nested(60), nested(300)),
    *("a/" * 3_000, ["a"] * 3_000, "../../x", "//[", "javascript:alert(1)", "<p>"),
    *('<a linktype="page" ref="x">y</a>', "11111111-1111-4111-8111-111111111111/sv", "sv"),
)


def mutate(random: Random, lines: list[str]) -> str:
    """Changes one record among the lines of a file; returns what it did."""
    number = random.randrange(len(lines))
    record = json.loads(lines[number])
    what = random.choice(["set"] * 8 + ["delete", "rename", "add", "twice", "double", "swap"])
    if what == "twice":
        lines.insert(number, lines[number])
    elif what == "swap":
        other = random.randrange(len(lines))
        lines[number], lines[other] = lines[other], lines[number]
    elif what == "double":
        lines[number] = f"{{{json.dumps(next(iter(record)))}:null,{lines[number][1:]}"
    else:
        lines[number] = json.dumps(_changed(random, record, what))
    return f"{what} in line {number + 1}"


def _changed(random: Random, record: Any, what: str) -> Any:
    found = list(_places(record))
    depth = random.randint(1, max(map(len, found)))
    place = random.choice([one for one in found if len(one) == depth])
    owner = record
    for step in place[:-1]:
        owner = owner[step]
    if what == "delete":
        del owner[place[-1]]
    elif what == "rename" and isinstance(owner, dict):
        owner[f"x{place[-1]}"] = owner.pop(place[-1])
    elif what == "add" and isinstance(owner, dict):
        owner["surplus"] = 1
    elif what == "add":
        owner.append(owner[0])
    else:
        owner[place[-1]] = random.choice(VALUES)
    return record


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for step, member in members:
        yield (*above, step)
        if isinstance(member, dict | list):
            yield from _places(member, (*above, step))


def damage(random: Random, content: bytes) -> bytes:
    """Changes, or takes out, some bytes of a .zip; mostly at its end, where its directory is."""
    damaged = bytearray(content)
    for _number in range(random.choice([1, 1, 3, 20])):
        what = random.choice(["byte", "tail", "cut"])
        end = len(damaged)
        if what == "byte":
            damaged[random.randrange(end)] = random.randrange(256)
        elif what == "tail":
            damaged[end - 1 - random.randrange(min(2_000, end))] = random.randrange(256)
        else:
            begin = random.randrange(end)
            del damaged[begin : begin + random.randrange(50)]
    return bytes(damaged)
