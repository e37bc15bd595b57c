"""``/`` leads to the visitor's best language."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from cms.languages.views import best_language


@pytest.mark.parametrize(
    ("accept_language", "expected"),
    [
        ("", "sv"),
        ("*", "sv"),
        ("de, nb;q=0.9", "sv"),
        ("se", "se"),
        ("fi-FI, sv;q=0.5", "fi"),
        ("sma, smj;q=0.8, sv;q=0.9", "sv"),
        ("SE;q=0.3, FI;q=0.7", "fi"),
        ("not a header \x00", "sv"),
    ],
)
def test_best_language(accept_language: str, expected: str) -> None:
    assert best_language(accept_language, {"sv", "fi", "se"}) == expected


@pytest.mark.django_db
def test_only_languages_with_a_live_start_page_are_offered(client: Client) -> None:
    root = Page.objects.get(depth=1)
    swedish = root.add_child(
        instance=Page(title="Start", slug="start", locale=Locale.objects.get(language_code="sv"))
    )
    Site.objects.update(root_page=swedish)
    lule_sami = swedish.copy_for_translation(Locale.objects.get(language_code="smj"))

    draft = client.get("/", headers={"accept-language": "smj"})
    assert (draft.status_code, draft.headers["Location"]) == (302, "/sv/")

    lule_sami.save_revision().publish()
    live = client.get("/", headers={"accept-language": "smj"})
    assert live.headers["Location"] == "/smj/"
    assert "Accept-Language" in live.headers["Vary"]
