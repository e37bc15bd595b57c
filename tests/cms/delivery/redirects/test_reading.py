"""Redirects stand in feed, exports, bundle and mirror, and nowhere else."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.content.redirect_documents import REDIRECT_TYPE
from cms.delivery.caching.addresses import touched_addresses
from cms.delivery.caching.tags import touched_tags
from cms.delivery.models import Entry, PublishedDocument
from cms.delivery.publishing.change import Change
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.search.models import IndexedText
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.export.bundle.apply_increment import apply_increment
from cms.export.bundle.check_bundle import Bundle, faults
from cms.export.bundle.contents import Selection
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.since import read_base
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.export.mirror.updating import update
from cms.languages.registry import LANGUAGES
from tests.cms.delivery.endpoints.asking import Views
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.cms.export.emptying import empty_site

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ask = Views()


def silent(name: str) -> None:
    return None


@pytest.fixture
def entered(small_site: SmallSite) -> dict[str, Redirect]:
    """Redirects by their paths: two that lead somewhere, one to a draft, one that lost its page."""
    about, contact = (
        Page.objects.get(pk=page.pk) for page in (small_site.about, small_site.contact)
    )
    draft = about.add_child(
        instance=type(about.specific)(title="Utkast", slug="utkast", live=False)
    )
    made = [
        Redirect(old_path="/gammal", redirect_page=contact, site=Site.objects.get()),
        Redirect(old_path="/ut?a=1", redirect_link="https://example.org/", is_permanent=False),
        Redirect(old_path="/hemlig", redirect_page=Page.objects.get(pk=draft.pk)),
        Redirect(old_path="/ingenstans"),
    ]
    for redirect in made:
        redirect.save()
    return {redirect.old_path: redirect for redirect in made}


def public() -> set[str]:
    """Paths of the redirects that lead anybody somewhere, counted from the tables alone."""
    return {
        redirect.old_path
        for redirect in Redirect.objects.select_related("redirect_page")
        if redirect.redirect_link
        or (
            redirect.redirect_page is not None
            and redirect.redirect_page.live
            and not any(
                page.view_restrictions.exists()
                for page in redirect.redirect_page.get_ancestors(inclusive=True)
            )
        )
    }


def exported(name: str, question: str = "") -> tuple[Any, list[Any]]:
    header, *lines = map(json.loads, ask(f"/export/{name}.ndjson{question}").body.splitlines())
    return header, lines


def test_the_export_has_those_that_the_database_has(entered: dict[str, Redirect]) -> None:
    assert public() == {"/gammal", "/ut?a=1"}
    for name in ("all", *LANGUAGES):
        header, documents = exported(name)
        redirects = [one for one in documents if one["type"] == REDIRECT_TYPE]
        assert {one["path"] for one in redirects} == public()
        assert header["without_language"] == len(redirects)
        counted = Counter(one["meta"]["locale"] for one in documents)
        assert counted.pop(None) == len(redirects)
        assert counted == {
            one["code"]: one["documents"] for one in header["languages"] if one["documents"]
        }
    assert {one["path"] for one in exported("sv", f"?type={REDIRECT_TYPE}")[1]} == public()
    header, documents = exported("sv", "?type=home.HomePage")
    assert header["without_language"] == 0
    assert {one["type"] for one in documents} == {"home.HomePage"}


def test_no_language_leaves_them_out_of_the_feed(entered: dict[str, Redirect]) -> None:
    for question in ("", "&locale=sv", "&locale=yi", "&locale=fi&locale=sv"):
        items = ask(f"/changes/?limit=1000{question}").json()["items"]
        found = {item["path"]: item for item in items if item["type"] == REDIRECT_TYPE}
        assert found.keys() == public()
        item = found["/gammal"]
        assert (item["locale"], item["id"]) == (None, entered["/gammal"].pk)
        assert item["key"] == item["document"]["key"]
        assert item["modified_at"] == item["document"]["modified_at"]
    cursor = ask("/changes/?limit=1000&locale=yi").json()["next"]
    entered["/gammal"].delete()
    [gone] = ask(f"/changes/?since={cursor}&locale=yi").json()["items"]
    assert (gone["op"], gone["locale"], gone["path"]) == ("remove", None, "/gammal")
    assert not ask("/changes/?limit=1000&locale=sv&type=home.HomePage").json()["items"][1:]


def test_they_are_no_entries(entered: dict[str, Redirect]) -> None:
    assert ask(f"/entries/sv/?type={REDIRECT_TYPE}").status == 422
    keys = list(PublishedDocument.objects.filter(type=REDIRECT_TYPE).values_list("key", flat=True))
    assert not Entry.objects.filter(key__in=keys).exists()
    assert not IndexedText.objects.filter(document__type=REDIRECT_TYPE).exists()
    missing = ask(f"/entries/sv/{keys[0]}/")
    assert (missing.status, missing.json()["live_in"]) == (404, [])
    assert ask("/entries/sv/?search=gammal").json()["items"] == []
    # By its path there is the page to which it leads.
    assert (
        ask("/entries/sv/find/?path=/gammal")
        .headers["location"]
        .endswith("path=%2Fsv%2Fom%2Fkontakt%2F")
    )
    assert {one["code"] for one in ask("/languages/").json()["items"]} == set(LANGUAGES)


def test_a_page_comes_before_a_redirect_at_its_path(
    small_site: SmallSite, entered: dict[str, Redirect]
) -> None:
    Redirect.objects.create(old_path="/sv/om", redirect_link="https://example.org/")
    assert ask("/entries/sv/find/?path=/sv/om/").json()["key"] == str(
        small_site.about.translation_key
    )


def test_a_message_tells_of_them_whatever_language_is_chosen(small_site: SmallSite) -> None:
    for languages, types in ((["yi"], []), ([], [REDIRECT_TYPE]), ([], ["home.HomePage"])):
        Webhook.objects.create(
            name=f"{languages} {types}",
            address="https://example.org/hook",
            languages=languages,
            types=types,
        )
    Redirect.objects.create(old_path="/ny", redirect_link="https://example.org/")
    told = {}
    for message in WebhookDelivery.objects.select_related("webhook"):
        [change] = json.loads(message.payload)["data"]["changes"]
        told[message.webhook.name] = change["path"], change["locale"]
    assert told == {"['yi'] []": ("/ny", None), f"[] ['{REDIRECT_TYPE}']": ("/ny", None)}


def test_caches_forget_the_exports_of_all_languages(small_site: SmallSite) -> None:
    Redirect.objects.create(old_path="/ny", redirect_link="https://example.org/")
    stored = PublishedDocument.objects.get(type=REDIRECT_TYPE)
    change = Change(
        "publish", stored.key, "", stored.object_id, stored.type, stored.path, 1, "", 1, True
    )
    assert touched_tags([change]) == sorted(
        tag
        for code in (*LANGUAGES, "all")
        for tag in (f"list-{code}", f"list-{code}-{REDIRECT_TYPE}")
    )
    paths = {address.partition("/api/v3/")[2] for address in touched_addresses([change])}
    assert paths == {"changes/", f"redirects/{stored.object_id}/"} | {
        f"export/{code}.ndjson" for code in (*LANGUAGES, "all")
    }


def test_the_mirror_has_them_in_its_exports(entered: dict[str, Redirect], tmp_path: Path) -> None:
    update(tmp_path / "mirror")
    folder = tmp_path / "mirror/api/v3/export"
    for name in ("all", "smj"):
        _header, *lines = (folder / f"{name}.ndjson").read_bytes().splitlines()
        assert [json.loads(line) for line in lines] == exported(name)[1]


class TestBundle:
    """Out, on, checked, and back in."""

    def written(self, out: Path, **options: Any) -> Bundle:
        write_bundle(out, BundleOptions(**options), silent)
        bundle = Bundle(out)
        assert list(faults(bundle)) == []
        return bundle

    def redirects(self, bundle: Bundle) -> dict[str, Any]:
        name = "content/without-language.ndjson"
        lines = [one for _number, one in bundle.lines(name)] if name in bundle.files else []
        assert bundle.manifest["without_language"] == len(lines)
        return {one["path"]: one for one in lines}

    def test_out(self, entered: dict[str, Redirect], tmp_path: Path) -> None:
        whole = self.written(tmp_path / "whole")
        assert self.redirects(whole).keys() == public()
        assert whole.manifest["types"][REDIRECT_TYPE] == len(public())
        some = self.written(tmp_path / "some", selection=Selection(locales=("fi",)))
        assert self.redirects(some).keys() == public()
        none = self.written(tmp_path / "none", selection=Selection(types=("home.HomePage",)))
        assert self.redirects(none) == {}

    def test_what_came_after(self, entered: dict[str, Redirect], tmp_path: Path) -> None:
        before = self.written(tmp_path / "before")
        entered["/gammal"].delete()
        Redirect.objects.create(old_path="/ny", redirect_link="https://example.org/ny")
        increment = self.written(tmp_path / "since", base=read_base(tmp_path / "before"))
        apply_increment(before, increment, tmp_path / "after")
        after = Bundle(tmp_path / "after")
        assert self.redirects(after) == self.redirects(self.written(tmp_path / "whole"))
        assert self.redirects(after).keys() == {"/ut?a=1", "/ny"}

    def test_back_in(self, entered: dict[str, Redirect], tmp_path: Path) -> None:
        def comparable(bundle: Bundle) -> Any:
            return {
                path: {name: value for name, value in one.items() if name not in ("id", "meta")}
                for path, one in self.redirects(bundle).items()
            }

        before = self.written(tmp_path / "before", private=True, with_media=True)
        empty_site()
        assert not PublishedDocument.objects.filter(type=REDIRECT_TYPE).exists()
        import_bundle(before, silent)
        assert Redirect.objects.count() == len(entered)
        assert comparable(self.written(tmp_path / "after")) == comparable(before)
        assert list(differences()) == []


def test_the_check_names_one_that_was_changed_behind_its_back(entered: dict[str, Redirect]) -> None:
    assert list(differences()) == []
    Redirect.objects.filter(old_path="/gammal").update(is_permanent=False)
    assert any("/gammal" in fault for fault in differences())
