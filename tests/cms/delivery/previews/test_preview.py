"""``preview/?token=``: the draft of one page, to who has its token, and nothing else to anybody."""

import random
import re
import string
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page

from cms.content.api.documents import render_document
from cms.delivery.http.rate_limit import PREVIEWS
from cms.delivery.previews.models import PreviewToken
from cms.delivery.previews.tokens import (
    KEPT,
    MOST_OF_A_USER,
    digest_of,
    find,
    forget_old_tokens,
    withdraw,
)
from home.models import ContentPage
from strategy.models import GoalPage, StoryPage
from strategy.models.goals import GoalIndicator
from tests.cms.delivery.previews.conftest import ADMIN, ask, token_of
from tests.cms.delivery.visibility.pages import close, fresh, make_page, translated
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, make_alias, only
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Access-Control-Allow-Origin": "*",
}


def page_html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def refused(token: str) -> tuple[Any, ...]:
    """All that an answer to a token says; the same for each that opens nothing."""
    answer = ask(token)
    return answer.status_code, answer.content, tuple(sorted(answer.headers.items()))


def test_the_draft_is_the_document_that_would_be_published(
    page: ContentPage, token: str, visitor: Client
) -> None:
    answer = ask(token)
    assert answer.status_code == 200
    draft = answer.json()
    source = draft.pop("source")
    assert draft["title"] == "Ändrad"
    assert draft == render_document(fresh(page).get_latest_revision_as_object())
    live = visitor.get(f"/api/v3/pages/{page.pk}/").json()
    assert live["title"] == "Sida"
    assert live.keys() == draft.keys()
    edit = f"{ADMIN}/admin/pages/{page.pk}/edit/"
    assert source["/title"] == f"{edit}#:w:contentpath=title"
    block = draft["body"][0]["id"]
    assert source["/body/0"] == f"{edit}#:w:contentpath=body.{block}"
    assert source["/meta/search_description"] == f"{edit}#:w:contentpath=search_description"


def test_the_draft_is_the_latest(page: ContentPage, token: str) -> None:
    changed = fresh(page).get_latest_revision_as_object()
    changed.title = "Ändrad igen"
    changed.save_revision()
    assert ask(token).json()["title"] == "Ändrad igen"


def test_a_page_that_was_never_published_has_a_draft(
    swedish_site: ExampleSite, chief: User
) -> None:
    made = ContentPage(title="Ny", slug="ny", live=False)
    fresh(swedish_site.home).add_child(instance=made)
    made.save_revision()
    document = ask(token_of(made, chief)).json()
    assert document["title"] == "Ny"
    assert document["translations"] == []


def test_no_cache_keeps_it_and_no_page_learns_of_it(page: ContentPage, token: str) -> None:
    for answer in (ask(token), ask("x")):
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        assert "Access-Control-Allow-Credentials" not in answer


def place_in_form(place: str) -> str:
    """The mark in the form of what stands behind the # of an address."""
    name, *below = place.removeprefix(":w:contentpath=").split(".")
    is_row = bool(below) and below[0].isdigit()
    return f"inline_child_{name}-{below[0]}" if is_row else name


def test_every_field_of_every_type_has_an_address(swedish_site: ExampleSite, chief: User) -> None:
    client = Client()
    client.force_login(chief)
    for made in swedish_site.pages.values():
        document = ask(token_of(made, chief)).json()
        edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
        there = set(re.findall(r'(?:id|data-contentpath)="([^"]+)"', page_html(client, edit)))
        led_to = {
            place_in_form(address.partition("#")[2])
            for address in document["source"].values()
            if address.startswith(f"{ADMIN}{edit}#")
        }
        assert led_to - there == set(), made
        for pointer in document["source"]:
            value: Any = document
            for part in pointer.split("/")[1:]:
                value = value[int(part)] if isinstance(value, list) else value[part]
        assert {"/title", "/meta/slug"} <= document["source"].keys()


def test_a_related_fact_leads_to_its_own_editor(swedish_site: ExampleSite, chief: User) -> None:
    document = ask(token_of(swedish_site.pages[GoalPage], chief)).json()
    indicator = document["indicators"][0]["indicator"]
    address = f"{ADMIN}/admin/snippets/strategy/indicator/edit/{indicator['id']}/"
    for member, field in (("", "name"), ("/title", "name"), ("/unit", "unit")):
        found = document["source"][f"/indicators/0/indicator{member}"]
        assert found == f"{address}#:w:contentpath={field}"
    assert not any(pointer.startswith("/breadcrumbs") for pointer in document["source"])
    story = ask(token_of(swedish_site.pages[StoryPage], chief)).json()
    [listed] = [
        number for number, block in enumerate(story["body"]) if block["type"] == "page_list"
    ]
    page = story["body"][listed]["value"]["pages"][0]
    edit = f"{ADMIN}/admin/pages/{page['id']}/edit/"
    found = story["source"][f"/body/{listed}/value/pages/0/title"]
    assert found == f"{edit}#:w:contentpath=title"


def test_rows_and_their_fields_have_addresses_of_their_own(
    swedish_site: ExampleSite, chief: User
) -> None:
    goal = fresh(swedish_site.pages[GoalPage])
    [row] = goal.indicators.all()
    goal.indicators = [
        GoalIndicator(
            indicator=row.indicator, sort_order=order, baseline_value=1, baseline_year=year,
            target_value=2, target_year=2040,
        )
        for order, year in ((1, 2021), (0, 2020))
    ]  # fmt: skip
    goal.save_revision()
    document = ask(token_of(goal, chief)).json()
    assert [row["baseline_year"] for row in document["indicators"]] == [2020, 2021]
    edit = f"{ADMIN}/admin/pages/{goal.pk}/edit/"
    own = {
        pointer: address.removeprefix(edit)
        for pointer, address in document["source"].items()
        if re.fullmatch("/indicators(/1(/[a-z_]+)?)?", pointer) and address.startswith(edit)
    }
    row_of = "#:w:contentpath=indicators.1"
    fields = ("baseline_value", "baseline_year", "target_value", "target_year")
    assert own == {
        "/indicators": "#id_indicators-FORMS",
        "/indicators/1": row_of,
        **{f"/indicators/1/{field}": f"{row_of}.{field}" for field in fields},
    }
    # The form has them in that order.
    client = Client()
    client.force_login(chief)
    form = page_html(client, f"/admin/pages/{goal.pk}/edit/")
    years = re.findall(r'name="indicators-(\d)-baseline_year" value="(\d+)"', form)
    assert years == [("0", "2020"), ("1", "2021")]


def test_lists_of_a_translation_lead_to_the_source_for_who_may_edit_it(
    swedish_site: ExampleSite, chief: User
) -> None:
    goal = fresh(swedish_site.pages[GoalPage])
    for above in (goal.get_parent().get_parent(), goal.get_parent()):
        enter_translations(
            fresh(above).specific, "en", lambda path, text: f"{text} en"
        ).save_target()
    translation = enter_translations(goal, "en", lambda path, text: f"{text} en")
    translation.save_target()
    target = translation.get_target_instance()
    translator = User.objects.create_user("erik")
    translator.groups.add(Group.objects.get(name="Translators (en)"))
    place = f"{ADMIN}/admin/pages/{goal.pk}/edit/#id_indicators-FORMS"
    source = ask(token_of(target, chief)).json()["source"]
    assert source["/indicators"] == place
    assert "/indicators/0" not in source
    assert source["/indicators/0/indicator/title"].endswith("#:w:contentpath=name")
    assert "/indicators" not in ask(token_of(target, translator)).json()["source"]


def test_a_field_of_a_draft_leads_to_its_place_in_a_block(
    swedish_site: ExampleSite, chief: User
) -> None:
    document = ask(token_of(swedish_site.pages[StoryPage], chief)).json()
    for position, block in enumerate(document["body"]):
        address = document["source"][f"/body/{position}"]
        assert address.endswith(f"contentpath=body.{block['id']}")


def test_a_translation_is_what_its_editor_would_publish(page: ContentPage, chief: User) -> None:
    fresh(page).get_latest_revision().publish()
    translation = enter_translations(
        fresh(page), "smj", only(lambda path, text: f"{text} [smj]", "title")
    )
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    token = token_of(target, chief)
    document = ask(token).json()
    assert document["title"] == "Ändrad [smj]"
    assert document["language"] == "smj"
    assert document["languages"]["/introduction"] == "sv"
    # What is typed now is there, though the page was not saved.
    enter_translations(fresh(page), "smj", lambda path, text: f"Gájkka {text}")
    document = ask(token).json()
    assert document["title"] == "Gájkka Ändrad"
    assert "/introduction" not in document["languages"]
    segment = translation.source.stringsegment_set.get(context__path="title")
    editor = f"{ADMIN}/admin/translation/editor/{translation.pk}/"
    string = f"{editor}#string-{segment.context_id}-{segment.string_id}"
    assert document["source"]["/title"] == string
    assert document["source"]["/body/0"].startswith(f"{editor}#string-")
    assert document["source"]["/body"] == document["source"]["/body/0"]
    assert "/meta" not in document["source"]


def test_the_strings_of_a_draft_are_in_the_editor(page: ContentPage, chief: User) -> None:
    fresh(page).get_latest_revision().publish()
    translation = enter_translations(fresh(page), "smj", lambda path, text: None)
    translation.save_target(publish=False)
    document = ask(token_of(translation.get_target_instance(), chief)).json()
    client = Client()
    client.force_login(chief)
    shown = client.get(f"/admin/translation/editor/{translation.pk}/").content.decode()
    assert document["source"]
    for address in document["source"].values():
        assert f'id="{address.partition("#")[2]}"' in shown


def expired(page: Any, token: str) -> None:
    PreviewToken.objects.update(expires_at=timezone.now())


def was_withdrawn(page: Any, token: str) -> None:
    withdraw(PreviewToken.objects.get(), page, None)


def deleted(page: Any, token: str) -> None:
    fresh(page).delete()


def was_closed(page: Any, token: str) -> None:
    close(page)


def parent_was_closed(page: Any, token: str) -> None:
    close(page.get_parent())


def creator_was_deactivated(page: Any, token: str) -> None:
    User.objects.update(is_active=False)


def creator_lost_the_right(page: Any, token: str) -> None:
    User.objects.update(is_superuser=False)


def creator_is_gone(page: Any, token: str) -> None:
    User.objects.filter(username="chef").delete()


def went_to_another_language(page: Any, token: str) -> None:
    Page.objects.filter(pk=page.pk).update(locale=Locale.objects.get(language_code="fi"))


@pytest.mark.parametrize(
    "end",
    [
        expired,
        was_withdrawn,
        deleted,
        was_closed,
        parent_was_closed,
        creator_was_deactivated,
        creator_lost_the_right,
        creator_is_gone,
        went_to_another_language,
    ],
    ids=lambda end: end.__name__,
)
def test_a_token_that_is_dead_is_like_one_that_never_was(
    end: Callable[[Any, str], None], page: ContentPage, token: str
) -> None:
    assert ask(token).status_code == 200
    unknown = refused("A" * len(token))
    assert unknown[0] == 401
    end(page, token)
    assert refused(token) == unknown


def test_a_translators_token_dies_with_their_language(page: ContentPage) -> None:
    english = translated(page.get_parent(), "en")
    translation = enter_translations(fresh(page), "en", lambda path, text: f"{text} en")
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    assert target.path.startswith(english.path)
    user = User.objects.create_user("erik")
    group = Group.objects.get(name="Translators (en)")
    user.groups.add(group)
    token = token_of(target, user)
    assert ask(token).status_code == 200
    user.groups.remove(group)
    assert ask(token).status_code == 401


def test_a_token_is_no_use_for_anything_else(page: ContentPage, token: str) -> None:
    client = Client()
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/v3/pages/{page.pk}/"
    assert client.get(f"{address}?version=draft", headers=headers).status_code == 401
    assert client.get(f"{address}?token={token}").status_code == 422
    assert client.patch(
        address, {"title": "x"}, content_type="application/json", headers=headers
    ).status_code in (401, 403)
    assert client.get("/admin/", {"token": token}).status_code == 302
    assert client.post("/api/v3/preview/", {"token": token}).status_code == 405


def test_altered_and_random_tokens_open_nothing(
    page: ContentPage, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PREVIEWS, "per_minute", 1_000_000)
    dice = random.Random(19)
    unknown = refused("A" * len(token))
    letters = f"{string.ascii_letters}{string.digits}-_"

    def altered() -> str:
        place = dice.randrange(len(token))
        kind = dice.randrange(6)
        if kind == 0:
            return token[:place] + token[place + 1 :]
        if kind == 1:
            return token[:place] + dice.choice(letters) + token[place:]
        if kind == 2:
            other = dice.choice(letters.replace(token[place], ""))
            return token[:place] + other + token[place + 1 :]
        if kind == 3:
            return "".join(dice.choice(letters) for _ in token)
        if kind == 4:
            return (
                token[:place] + chr(dice.choice([0, 9, 10, 32, 229, 8206, 0xFFFF])) + token[place:]
            )
        return token.swapcase()

    odd = ["", " ", token + " ", "\x00", "9" * 30, "-1", token * 200, digest_of(token), "ö", "%"]
    for tried in [*odd, *(altered() for _ in range(amount(60, 3_000)))]:
        if tried != token:
            assert refused(tried) == unknown, repr(tried)
    for query in ("", "?token", "?token=%ED%A0%80", "?token=%FF"):
        answer = Client().get(f"/api/v3/preview/{query}")
        assert (answer.status_code, answer.content) == (401, unknown[1]), query


@pytest.mark.parametrize(
    "parameter",
    ["page", "page_id", "id", "pk", "locale", "language", "key", "version", "fields", "revision"],
)
def test_a_token_shows_no_other_page_whatever_else_is_said(
    parameter: str, page: ContentPage, token: str, swedish_site: ExampleSite
) -> None:
    for value in (str(swedish_site.home.pk), "fi", str(swedish_site.home.translation_key), "draft"):
        answer = ask(token, **{parameter: value})
        assert answer.status_code == 422
        assert parameter in answer.json()["detail"] or parameter in str(answer.json()["errors"])


def test_nothing_else_unpublished_is_in_a_draft(
    page: ContentPage, token: str, swedish_site: ExampleSite
) -> None:
    hidden = make_page(swedish_site.home, "Hemlig")
    other = make_page(swedish_site.home, "Annan")
    drafted = fresh(other)
    drafted.title = "Hemlig ändring"
    drafted.save_revision()
    changed = fresh(page)
    changed.introduction = (
        f'<p><a linktype="page" id="{hidden.pk}">dit</a> '
        f'<a linktype="page" id="{other.pk}">hit</a></p>'
    )
    changed.save_revision()
    assert "/sv/hemlig/" in ask(token).content.decode()
    fresh(hidden).unpublish()
    said = ask(token).content.decode().lower()
    assert "hemlig" not in said
    assert "/sv/annan/" in said


def test_an_alias_has_no_draft(page: ContentPage, chief: User) -> None:
    alias = make_alias(fresh(page), "fi")
    assert ask(token_of(alias, chief)).status_code == 401


def test_it_is_limited_as_searches_are(
    page: ContentPage, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PREVIEWS, "per_minute", 3)
    assert [ask(token).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert Client().get("/preview/", {"token": token}).status_code == 429


def test_tokens_are_not_stored_and_are_forgotten(page: ContentPage, chief: User) -> None:
    token = token_of(page, chief)
    stored = PreviewToken.objects.get()
    assert all(token not in str(value) for value in vars(stored).values())
    assert len(token) >= 43  # 256 bits
    forget_old_tokens()
    assert find(token) is not None
    PreviewToken.objects.update(expires_at=timezone.now() - KEPT - timedelta(days=1))
    forget_old_tokens()
    assert not PreviewToken.objects.exists()


def test_one_user_has_so_many_previews_of_a_page(page: ContentPage, chief: User) -> None:
    shared = token_of(page, chief, is_shared=True)
    first, *others = (token_of(page, chief) for _ in range(MOST_OF_A_USER + 1))
    assert find(first) is None
    assert find(others[0]) is not None
    assert find(shared) is not None


def test_an_editor_of_a_part_of_the_site_may_preview_that(
    page: ContentPage, swedish_site: ExampleSite
) -> None:
    user = User.objects.create_user("redaktör")
    group = Group.objects.create(name="Kust")
    user.groups.add(group)
    GroupPagePermission.objects.create(group=group, page=page, permission_type="change")
    assert ask(token_of(page, user)).status_code == 200
    assert ask(token_of(swedish_site.home, user)).status_code == 401
