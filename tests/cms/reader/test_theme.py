"""Colours that people can tell apart, whatever a region sets."""

from pathlib import Path

import pytest

from cms.reader import theme
from cms.reader.checks import check_contrast

OURS = Path(theme.__file__).parents[1] / "content/static" / theme.BASE


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast("#000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


def test_our_own_colours_can_be_told_apart_and_are_all_measured() -> None:
    assert not check_contrast(None)
    text = OURS.read_text(encoding="utf-8")
    measured = {name for pair in theme._PAIRS for name in pair[:2]}
    assert measured <= set(theme._VARIABLE.sub(r"\1 ", text).split()) | measured
    for name in measured:
        # In both schemes.
        assert text.count(f"  --{name}: #") >= 2, name


@pytest.mark.parametrize(
    ("set_anew", "scheme"),
    [
        (":root { --link: #9ab; }", "light"),
        ("@media (prefers-color-scheme: dark) {\n  :root { --ink: #333; }\n}", "dark"),
    ],
)
def test_a_theme_that_cannot_be_read_is_refused(set_anew: str, scheme: str) -> None:
    found = list(theme.unreadable_pairs([OURS.read_text(encoding="utf-8"), set_anew]))
    assert {pair.scheme for pair in found} == {scheme}
