"""Tests that units come back as they were written, whatever they hold."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.exchange.formats import FORMATS, read_file
from cms.exchange.units import Unit
from tests.cms.exchange.formats.samples import HEADER, KEY, essence, group, unit, units
from tests.harness.sampling import examples

HYPOTHESIS = settings(
    max_examples=examples(20, 500),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("name", FORMATS)
@HYPOTHESIS
@given(
    chosen=st.lists(units(), min_size=1, max_size=4, unique_by=lambda one: (one.path, one.source))
)
def test_what_is_written_is_read(name: str, chosen: list[Unit], tmp_path: Path) -> None:
    path = tmp_path / f"texts{FORMATS[name].extension}"
    other = uuid4()
    with path.open("wb") as file:
        FORMATS[name].write(HEADER, [group(*chosen), group(unit("Tvåa"), key=other)], file)
    read = read_file(path, path.name)
    assert (read.source_language, read.target_language) == ("sv", "smj")
    assert read.exported_at == HEADER.exported_at
    received = list(read.units)
    assert [essence(one) for one in received] == [
        *((KEY, one.path, one.source, one.target, one.state) for one in chosen),
        (other, "title", "Tvåa", "", "needs-translation"),
    ]
    assert not any(one.problem for one in received)


@pytest.mark.parametrize("name", FORMATS)
def test_each_text_has_a_line_of_its_own(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"texts{FORMATS[name].extension}"
    texts = [unit("Ett", path="title"), unit("Två", path="lead"), unit("Tre", path="body.1")]
    with path.open("wb") as file:
        FORMATS[name].write(HEADER, [group(*texts)], file)
    lines = [one.line for one in read_file(path, path.name).units]
    assert lines == sorted(set(lines))
    assert lines[0] > 0
