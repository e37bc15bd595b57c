"""Addresses of films as people copy them, and what is played from them."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from cms.content.blocks.films import find_film
from home.models import ContentPage
from tests.factories.site import ExampleSite

YOUTUBE = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
VIMEO = "https://player.vimeo.com/video/76979871"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE),
        ("http://youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE),
        ("https://m.youtube.com/watch?feature=share&v=aqz-KE-bpKQ&list=PL1", YOUTUBE),
        ("https://music.youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE),
        ("https://youtu.be/aqz-KE-bpKQ?si=abc", YOUTUBE),
        ("https://youtu.be/aqz-KE-bpKQ?t=43", f"{YOUTUBE}?start=43"),
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=1m3s", f"{YOUTUBE}?start=63"),
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=43s", f"{YOUTUBE}?start=43"),
        ("https://www.youtube.com/embed/aqz-KE-bpKQ?start=43", f"{YOUTUBE}?start=43"),
        ("https://www.youtube.com/shorts/aqz-KE-bpKQ", YOUTUBE),
        ("https://www.youtube.com/live/aqz-KE-bpKQ?si=abc", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://www.vimeo.com/76979871#t=43s", f"{VIMEO}#t=43s"),
        ("https://vimeo.com/76979871/8272103f6e", f"{VIMEO}?h=8272103f6e"),
        ("https://vimeo.com/76979871/8272103f6e?share=copy#t=43", f"{VIMEO}?h=8272103f6e#t=43s"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", f"{VIMEO}?h=8272103f6e"),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
        ("https://vimeo.com/groups/shortfilms/videos/76979871", VIMEO),
        ("https://vimeo.com/showcase/1234/video/76979871", VIMEO),
    ],
)
def test_a_film_is_played_from_each_address_that_people_copy(address: str, player: str) -> None:
    film = find_film(address)
    assert film is not None
    assert film.player == player


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@region",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/watch?v=short",
        "https://youtube.com.example.org/watch?v=aqz-KE-bpKQ",
        "https://example.org/?https://youtu.be/aqz-KE-bpKQ",
        "https://vimeo.com/region",
        "https://vimeo.com/76979871/<script>",
        'https://youtu.be/aqz-KE-bpKQ"onload=x',
        "https://[/watch?v=aqz-KE-bpKQ",
        "javascript:https://youtu.be/aqz-KE-bpKQ",
        "",
    ],
)
def test_other_addresses_are_no_film(address: str) -> None:
    assert find_film(address) is None


@pytest.mark.parametrize("moment", ['43"onload=x', "9" * 50, "-1", "h", "٤٣"])
def test_a_moment_that_is_none_is_left_out(moment: str) -> None:
    film = find_film(f"https://youtu.be/aqz-KE-bpKQ?t={moment}")
    assert film is not None
    assert film.player == YOUTUBE


@pytest.mark.any_database
def test_the_api_says_which_addresses_work(swedish_site: ExampleSite, admin_user: Any) -> None:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    page = swedish_site.pages[ContentPage]

    def patch(address: str, action: str | None = "publish") -> Any:
        video = {"type": "video", "value": {"url": address, "title": "Film", "transcript": ""}}
        return Client().patch(
            f"/api/v3/pages/{page.pk}/",
            {"body": [video], "meta": {"action": action}},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    refused = patch("https://www.youtube.com/@region")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["body", 0, "value", "url"]
    assert "youtube.com/watch?v=" in json.dumps(refused.json())
    assert patch("https://www.youtube.com/@region", None).status_code == 200
    taken = patch("https://vimeo.com/76979871/8272103f6e")
    assert taken.json()["body"][0]["value"]["player_url"] == f"{VIMEO}?h=8272103f6e"
