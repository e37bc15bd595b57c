"""Rich text that other systems send."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from home.models import ContentPage
from tests.cms.content.api.test_writing import PAGES, Call, as_administrator
from tests.factories.site import ExampleSite

__all__ = ["as_administrator"]

pytestmark = pytest.mark.shared_out


def test_rich_text_is_published_as_it_was_sent(
    swedish_site: ExampleSite, as_administrator: Call, visitor: Client
) -> None:
    sent = (
        '<p onclick="x()" style="color:red">Hej <strong>du</strong>, 10<sup>3</sup></p>'
        '<ol start="5"><li><p>Fem</p><ul><li>a</li></ul></li><li>Sex</li></ol><p></p>'
        '<p><a href="https://a.example/"></a></p>'
    )
    published = (
        "<p>Hej <b>du</b>, 10<sup>3</sup></p>"
        '<ol start="5"><li>Fem<ul><li>a</li></ul></li><li>Sex</li></ol>'
    )
    page = swedish_site.pages[ContentPage]
    response = as_administrator(
        "patch",
        f"{PAGES}{page.pk}/",
        {
            "introduction": sent,
            "body": [
                {"type": "paragraph", "value": sent},
                {"type": "fact_box", "value": {"title": "Fakta", "text": sent}},
            ],
            "meta": {"action": "publish"},
        },
    )
    assert response.status_code == 200, response.content
    document = visitor.get(f"{PAGES}{page.pk}/").json()
    assert document["introduction"] == published
    assert document["body"][0]["value"] == published
    assert document["body"][1]["value"]["text"] == published


def test_words_in_another_language_say_so_to_readers(
    swedish_site: ExampleSite, as_administrator: Call, visitor: Client
) -> None:
    """Of the page's own language there is nothing to say, and of one that no list has."""
    page = swedish_site.pages[ContentPage]
    address = f"{PAGES}{page.pk}/"
    sent = (
        '<p lang="sv">I <span lang="smj">Jåhkåmåhkke</span>, <span lang="yi">ייִדיש</span> '
        '<span lang="en-US">och</span> <a href="/x" lang="fi">mer</a></p>'
    )
    shown = (
        '<p>I <span lang="smj">Jåhkåmåhkke</span>, <span lang="yi" dir="rtl">ייִדיש</span> '
        'och <a href="/x">mer</a></p>'
    )
    written = {"introduction": sent, "body": [{"type": "paragraph", "value": sent}]}
    response = as_administrator("patch", address, {**written, "meta": {"action": "publish"}})
    assert response.status_code == 200, response.content
    warning = next(each for each in response.json()["meta"]["warnings"] if each["attribute"])
    assert (warning["tag"], warning["detail"]) == ("a", "mer")
    document = visitor.get(address).json()
    assert (document["introduction"], document["body"][0]["value"]) == (shown, shown)
    assert "introduction" not in document["languages"]
    stored = ContentPage.objects.get(pk=page.pk)
    assert 'lang="sv"' not in stored.introduction + stored.body[0].value.source
    markdown = visitor.get(address, {"rich_text_format": "markdown"}).json()["introduction"]
    assert 'I <span lang="smj">Jåhkåmåhkke</span>, <span lang="yi" dir="rtl">' in markdown
    for written_again in ("db_html", "db_markdown"):
        content = visitor.get(address, {"rich_text_format": written_again}).json()["introduction"]
        response = as_administrator(
            "patch",
            address,
            {
                "introduction": {"format": written_again, "content": content},
                "meta": {"action": "publish"},
            },
        )
        assert response.status_code == 200, response.content
        assert visitor.get(address).json()["introduction"] == shown, written_again


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({"type": "paragraph"}, [1, "paragraph", "value"]),
        ({"type": "fact_box", "value": {"title": "x"}}, [1, "fact_box", "value", "text"]),
        (
            {"type": "accordion", "value": {"items": [{"title": "x"}]}},
            [1, "accordion", "value", "items", 0, "text"],
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("html", ["<table><tr><td>2025</td><td>12</td></tr></table>", "<img>"])
def test_rich_text_that_cannot_be_stored_names_its_block(
    swedish_site: ExampleSite,
    as_administrator: Call,
    block: dict[str, Any],
    place: list[str | int],
    html: str,
) -> None:
    page = swedish_site.pages[ContentPage]
    sent = deepcopy(block)
    holder = sent if sent["type"] == "paragraph" else sent["value"]
    if sent["type"] == "accordion":
        holder = holder["items"][0]
    holder["value" if sent["type"] == "paragraph" else "text"] = html
    response = as_administrator(
        "patch",
        f"{PAGES}{page.pk}/",
        {"body": [{"type": "paragraph", "value": "<p>x</p>"}, sent]},
    )
    assert response.status_code == 422, response.content
    [error] = response.json()["errors"]
    assert error["loc"][-len(place) :] == place
    assert html[1:4] in error["msg"]
    assert "block" in error["msg"]


@pytest.mark.parametrize("written", ["db_html", "db_markdown"])
def test_rich_text_of_a_field_that_cannot_be_stored_names_it(
    swedish_site: ExampleSite, as_administrator: Call, written: str
) -> None:
    page = swedish_site.pages[ContentPage]
    content = "# Rubrik" if written == "db_markdown" else "<h1>Rubrik</h1>"
    response = as_administrator(
        "patch", f"{PAGES}{page.pk}/", {"introduction": {"format": written, "content": content}}
    )
    assert response.status_code == 422, response.content
    [error] = response.json()["errors"]
    assert "introduction" in error["loc"]
    assert "heading block" in error["msg"]
