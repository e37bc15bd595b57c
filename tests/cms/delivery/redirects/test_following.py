"""A redirect's document follows the redirect, its target, and whatever makes that public or not."""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from cms.content.redirect_documents import REDIRECT_TYPE
from cms.delivery.models import Feed, PendingRefresh, PublishedDocument
from cms.delivery.publishing.backlog import render_backlog
from tests.cms.delivery.endpoints.asking import Views
from tests.cms.delivery.publishing.reader import Reader, assert_stored_equals_rendered
from tests.cms.delivery.publishing.small_site import SmallSite, fresh
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ask = Views()


class OtherSite:
    """A program that holds the redirects of the feed and answers as the site itself does."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}
        self.cursor = ""

    def follow(self) -> dict[str, str]:
        """Applies what is new; returns the target of each path that leads on for good."""
        more = True
        while more:
            since = f"&since={self.cursor}" if self.cursor else ""
            content = ask(f"/changes/?type={REDIRECT_TYPE}&limit=3{since}").json()
            for item in content["items"]:
                if item["op"] == "publish":
                    self.held[item["key"]] = item["document"]
                else:
                    del self.held[item["key"]]
            self.cursor, more = content["next"], content["more"]
        return {one["path"]: one["target"] for one in self.held.values() if one["permanent"]}


def led_by_the_reader(visitor: Client) -> dict[str, str]:
    """The target of each path from which the site leads to something that anybody may read."""
    found = {}
    for path in Redirect.objects.values_list("old_path", flat=True):
        answer = visitor.get(path)
        if answer.status_code == 301:
            target = str(answer.headers["Location"])
            if target.startswith("https://") or visitor.get(target).status_code == 200:
                found[path] = target
    return found


def enter(old_path: str, page: Any = None, **more: Any) -> Redirect:
    page = page and Page.objects.get(pk=page.pk)
    return Redirect.objects.create(old_path=old_path, redirect_page=page, **more)


def moment(when: Any) -> str:
    return str(when.astimezone(UTC).isoformat().replace("+00:00", "Z"))


def documents() -> dict[str, Any]:
    """The stored documents of redirects, by path."""
    rows = PublishedDocument.objects.filter(type=REDIRECT_TYPE)
    return {str(path): json.loads(bytes(body)) for path, body in rows.values_list("path", "body")}


@pytest.fixture
def other_site(small_site: SmallSite) -> Iterator[OtherSite]:
    program = OtherSite()
    yield program
    assert program.follow() == {
        path: one["target"] for path, one in documents().items() if one["permanent"]
    }


def test_a_document(small_site: SmallSite) -> None:
    redirect = enter("/sv/förr", small_site.about)
    document = documents()["/sv/f%C3%B6rr"]
    assert document == {
        "id": redirect.pk,
        "meta": {
            "type": "redirects.Redirect",
            "locale": None,
            "detail_url": f"http://testserver/api/v3/redirects/{redirect.pk}/",
            "html_url": "http://testserver/sv/f%C3%B6rr",
        },
        "type": "redirects.Redirect",
        "key": document["key"],
        "path": "/sv/f%C3%B6rr",
        "target": "/sv/om/",
        "permanent": True,
        "published_at": moment(redirect.created_at),
        "modified_at": document["modified_at"],
    }
    [stored] = PublishedDocument.objects.filter(type=REDIRECT_TYPE)
    assert document["modified_at"] == moment(stored.modified_at)


def test_a_key_is_that_of_the_path_on_its_site(small_site: SmallSite) -> None:
    site = Site.objects.get()
    enter("/a", small_site.about)
    enter("/b", small_site.about, site=site)
    keys = {path: one["key"] for path, one in documents().items()}
    assert len(set(keys.values())) == 2
    site.hostname = "elsewhere.example.org"
    site.save()
    Redirect.objects.filter(old_path="/a").delete()
    enter("/a", small_site.contact)
    assert {path: one["key"] for path, one in documents().items()} == keys
    assert documents()["/b"]["meta"]["html_url"] == "http://elsewhere.example.org/b"


def test_what_the_reader_answers_is_what_the_feed_has(
    small_site: SmallSite, other_site: OtherSite, visitor: Client
) -> None:
    """After each step, another program leads from and to the same as the site."""
    home, about, contact = small_site.home, small_site.about, small_site.contact

    def compare() -> None:
        render_backlog()
        led = other_site.follow()
        assert led == led_by_the_reader(visitor)
        seen.append(led)

    seen: list[dict[str, str]] = []
    enter("/sv/gammal", contact)
    enter("/ut", redirect_link="https://example.org/x?y=1")
    enter("/sv/tillfallig", contact, is_permanent=False)
    compare()
    changed = fresh(about)
    changed.slug = "om-oss"
    changed.save_revision().publish()
    compare()
    fresh(contact).move(fresh(home), pos="last-child")
    compare()
    fresh(contact).unpublish()
    compare()
    fresh(contact).save_revision().publish()
    compare()
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=contact.pk), restriction_type=PageViewRestriction.LOGIN
    )
    compare()
    restriction.delete()
    compare()
    Redirect.objects.get(old_path="/ut").delete()
    compare()
    fresh(about).delete()
    compare()
    of_swedish = [sorted(path for path in each if path[:3] in ("/sv", "/ut")) for each in seen]
    assert of_swedish == [
        ["/sv/gammal", "/ut"],
        ["/sv/gammal", "/sv/om", "/sv/om/kontakt", "/ut"],
        ["/sv/gammal", "/sv/om", "/sv/om-oss/kontakt", "/sv/om/kontakt", "/ut"],
        ["/sv/om", "/ut"],
        ["/sv/gammal", "/sv/om", "/sv/om-oss/kontakt", "/sv/om/kontakt", "/ut"],
        ["/sv/om", "/ut"],
        ["/sv/gammal", "/sv/om", "/sv/om-oss/kontakt", "/sv/om/kontakt", "/ut"],
        ["/sv/gammal", "/sv/om", "/sv/om-oss/kontakt", "/sv/om/kontakt"],
        ["/sv/gammal", "/sv/om-oss/kontakt", "/sv/om/kontakt"],
    ]


def test_one_of_the_site_comes_before_one_of_all_sites(
    small_site: SmallSite, visitor: Client
) -> None:
    enter("/sv/gammal", small_site.about)
    of_site = enter("/sv/gammal", small_site.contact, site=Site.objects.get())
    for target in ("/sv/om/kontakt/", "/sv/om/"):
        assert [one["target"] for one in documents().values()] == [target]
        assert visitor.get("/sv/gammal").headers["Location"] == target
        assert_stored_equals_rendered()
        if of_site.pk:
            of_site.delete()


def test_a_page_of_another_site_has_its_address(small_site: SmallSite) -> None:
    start = ContentPageFactory(parent=small_site.home, title="Annan", slug="annan")
    below = ContentPageFactory(parent=start, title="Där", slug="dar")
    other = Site.objects.create(hostname="other.example.org", root_page=start)
    render_backlog()
    enter("/dit", below)
    enter("/dar", below, site=other)
    assert documents()["/dit"]["target"] == "http://other.example.org/sv/dar/"
    assert documents()["/dar"]["target"] == "/sv/dar/"
    assert documents()["/dar"]["meta"]["html_url"] == "http://other.example.org/dar"
    assert_stored_equals_rendered()


class TestThousands:
    """A moved section leaves a redirect for each page, and the worker renders them."""

    NUMBER = amount(150, 1_050)

    def moved(self, section: Any, target: Any) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            fresh(section).move(fresh(target), pos="last-child")
        return [query["sql"] for query in captured.captured_queries]

    def test_a_section_there_and_back(self, small_site: SmallSite) -> None:
        home, about = small_site.home, small_site.about
        section = ContentPageFactory(parent=home, title="Avsnitt", slug="avsnitt")
        below = add_content_pages(section, self.NUMBER)
        render_backlog()
        reader = Reader()
        reader.follow()
        there = self.moved(section, about)
        assert PendingRefresh.objects.count() <= 4
        assert_stored_equals_rendered(reader)
        from_database = {
            f"/sv/avsnitt/{slug}"
            for slug in Page.objects.filter(pk__in=below).values_list("slug", flat=True)
        } | {"/sv/avsnitt"}
        assert documents().keys() == from_database
        assert documents()["/sv/avsnitt/sida-7"]["target"] == "/sv/om/avsnitt/sida-7/"
        back = self.moved(section, home)
        assert PendingRefresh.objects.count() <= 4
        assert_stored_equals_rendered(reader)
        assert documents().keys() == {path.replace("/sv/", "/sv/om/", 1) for path in from_database}
        # Some for each batch of hundreds of rows, never one for each page.
        assert max(len(there), len(back)) < self.NUMBER

    def test_a_file_of_many(self, small_site: SmallSite, admin_client: Client) -> None:
        rows = "".join(f"/gammal-{each},https://example.org/{each}\n" for each in range(150))
        file = SimpleUploadedFile("r.csv", f"from,to\n{rows}".encode(), content_type="text/csv")
        address = reverse("wagtailredirects:start_import")
        answer = admin_client.post(address, {"import_file": file, "input_format": "0"})
        form = answer.context["form"]
        hidden = {name: form[name].value() for name in ("import_file_name", "input_format")}
        answer = admin_client.post(
            reverse("wagtailredirects:process_import"),
            {**hidden, "from_index": "0", "to_index": "1", "permanent": "on"},
        )
        assert answer.status_code == 302, answer.content.decode()[:2000]
        assert Redirect.objects.count() == 150
        assert PendingRefresh.objects.count() == 1
        assert documents() == {}
        assert_stored_equals_rendered()
        assert len(documents()) == 150


def test_the_screens_are_followed(small_site: SmallSite, admin_client: Client) -> None:
    form = {"old_path": "/gammal", "is_permanent": "on", "redirect_link": "https://example.org/"}
    admin_client.post(reverse("wagtailredirects:add"), form)
    assert documents()["/gammal"]["target"] == "https://example.org/"
    redirect = Redirect.objects.get()
    edit = reverse("wagtailredirects:edit", args=[redirect.pk])
    admin_client.post(edit, {**form, "old_path": "/äldre", "is_permanent": ""})
    assert documents().keys() == {"/%C3%A4ldre"}
    assert documents()["/%C3%A4ldre"]["permanent"] is False
    admin_client.post(reverse("wagtailredirects:delete", args=[redirect.pk]))
    assert documents() == {}
    assert_stored_equals_rendered()


def test_an_upgrade_adds_them(small_site: SmallSite) -> None:
    """Those of a site that is older than their documents."""
    page = Page.objects.get(pk=small_site.about.pk)
    Redirect.objects.bulk_create([Redirect(old_path="/gammal", redirect_page=page)])
    assert documents() == {}
    Feed.objects.update(fingerprint="of the program before")
    call_command("published", "rebuild", "--if-needed", verbosity=0)
    assert documents().keys() == {"/gammal"}
