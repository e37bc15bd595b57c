"""The server's word on a paste: the content for the editor, or why there is none."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.rich_text.pasting import copied

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>x</p>", "<p>x</p>"),
        (
            "<html><body>\n<!--StartFragment--><b>x</b><!--EndFragment-->\n</body></html>",
            "<b>x</b>",
        ),
        ("<html><head><style>p{}</style></head><body class=a><p>x</p></body></html>", "<p>x</p>"),
    ],
)
def test_a_clipboard_holds_more_than_was_copied(html: str, expected: str) -> None:
    assert copied(html) == expected


def pasted(client: Client, html: str, features: list[str] = PARAGRAPH_FEATURES) -> Any:
    return client.post(reverse("cms_paste"), {"html": html, "features": features})


def test_what_can_be_stored_comes_as_content(admin_client: Client) -> None:
    answer = pasted(admin_client, "<p>5 m<sup>2</sup></p><ol start=3><li><p>x</p></ol>").json()
    first, second = answer["content"]["blocks"]
    assert (first["text"], first["inlineStyleRanges"][0]["style"]) == ("5 m2", "SUPERSCRIPT")
    assert (second["type"], second["data"]) == ("ordered-list-item", {"start": 3})
    assert "message" not in answer


def test_what_goes_is_named(admin_client: Client) -> None:
    answer = pasted(admin_client, "<p><u>x</u> <mark>y</mark></p>").json()
    assert answer["content"]["blocks"][0]["text"] == "x y"
    assert "<mark>, <u>" in answer["message"]


def test_words_in_another_language_stay_marked(admin_client: Client) -> None:
    html = (
        "<p><span lang=SV>Vi i </span><span lang=SMJ-SE>Jåhkåmåhkke</span> "
        '<a href="/x"><span lang=FI>x</span></a></p>'
    )
    sent = {"html": html, "features": PARAGRAPH_FEATURES, "language": "sv"}
    answer: Any = admin_client.post(reverse("cms_paste"), sent).json()
    [block] = answer["content"]["blocks"]
    mark, link = (
        (answer["content"]["entityMap"][str(found["key"])], found["offset"])
        for found in block["entityRanges"]
    )
    assert mark == ({"type": "LANGUAGE", "mutability": "MUTABLE", "data": {"lang": "smj"}}, 5)
    assert link[0]["type"] == "LINK"
    assert "”x”" in answer["message"]


@pytest.mark.parametrize("html", ["<table><tr><td>1</td></tr></table>", "<p><img src=x></p>"])
def test_what_cannot_be_stored_is_refused_with_the_remedy(admin_client: Client, html: str) -> None:
    response = pasted(admin_client, html)
    assert response.status_code == 422
    assert "block" in response.json()["message"]
    assert "content" not in response.json()


def test_a_field_takes_what_it_offers(admin_client: Client) -> None:
    assert pasted(admin_client, "<p><b>x</b></p>", ["bold"]).status_code == 200
    assert pasted(admin_client, "<ul><li>x</li></ul>", ["bold"]).status_code == 422


def test_nobody_else_is_answered(client: Client) -> None:
    assert pasted(client, "<p>x</p>").status_code == 302
