"""Tests that YAML is read as it was written, by this reader and by a foreign one."""

import io
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cms.export.bundle.yaml.yaml_text import DEEPEST, NoYaml, as_yaml, parsed_yaml

TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    # What YAML 1.1 takes for something else.
    st.sampled_from(["yes", "010", "1_000", "1:30", "1e5", "2026-11-25", "~", "=", "<<", "null"]),
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**18), 10**18),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXTS,
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES))
def test_what_is_written_is_read(value: dict[str, Any]) -> None:
    assert parsed_yaml(as_yaml(value)) == [(0, value)]


@given(st.dictionaries(TEXTS, VALUES))
def test_a_foreign_reader_reads_the_same(value: dict[str, Any]) -> None:
    assert yaml.safe_load(io.BytesIO(as_yaml(value))) == value


@given(st.lists(VALUES))
def test_lists_are_read_entry_by_entry(values: list[Any]) -> None:
    entries = parsed_yaml(as_yaml(values))
    assert [value for _line, value in entries] == values
    lines = [line for line, _value in entries]
    assert lines == sorted(lines)
    assert lines[:1] in ([], [1])


def test_texts_are_written_for_people() -> None:
    written = as_yaml({"title": "Älvsbyn", "text": "En rad.\n\nEn till.", "empty": ""})
    assert written.decode() == "title: Älvsbyn\ntext: |-\n  En rad.\n\n  En till.\nempty: ''\n"


def test_dates_and_answers_are_texts() -> None:
    assert parsed_yaml(b"a: 2026-11-25\nb: yes\nc: 1:30") == [
        (0, {"a": "2026-11-25", "b": "yes", "c": "1:30"})
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b"a: [", 2, "not YAML"),
        (b"a: b\n\tc", 2, "not YAML"),
        (b"a: \x00", 1, "not YAML"),
        (b"\xff\xfe\xfa", 1, "not YAML"),
        (b"a: &x [1]\nb: *x", 2, "aliases"),
        (b"a: !!python/object/apply:os.system [ls]", 1, "python/object"),
        (b"a: 1\nb: 2\na: 3", 3, "'a' is there twice"),
        (b"a: 1\n---\nb: 2", 2, "second document"),
        (b"? [a]\n: b", 1, "a name is expected"),
        (b"a:\n  " + b"[" * 500 + b"]" * 500, 2, f"more than {DEEPEST}"),
        (b"a: " + b"9" * 10_000, 1, "too long"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_hostile_is_refused_with_its_line(text: bytes, line: int, message: str) -> None:
    with pytest.raises(NoYaml, match=message) as caught:
        parsed_yaml(text)
    assert caught.value.line == line
