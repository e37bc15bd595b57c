"""Tests of a translator's view of a changed source."""

from cms.translation.comparison import compared, readable


def shown(before: str, now: str) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in compared(before, now))


def test_what_changed_stands_beside_what_was_there() -> None:
    assert shown("Bibliotek på väg", "Bibliotek som rullar") == (
        "Bibliotek [-på väg-][+som rullar+]"
    )
    assert shown("Vid havet, nu.", "Vid det stora havet, nu.") == "Vid [+det stora +]havet, nu."
    assert shown("Samma", "Samma") == "Samma"


def test_a_stored_string_is_read_as_text() -> None:
    assert readable('Läs <a id="a1">mer</a> &amp; se<br/>nu') == "Läs mer & se\nnu"
