"""The site's address stands in the database, whatever the environment of a command says."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.api.utils import get_base_url
from wagtail.models import Site

from cms.common.site_address import (
    address_of,
    authority_of,
    move_after_migration,
    move_default_site,
    one_site_address,
    site_address,
)
from cms.delivery.checks import check_site_address
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing import fingerprint
from cms.delivery.publishing.backlog import render_backlog
from cms.export.bundle.check_bundle import Bundle, faults
from home.models import HomePage
from strategy.models import Programme
from tests.factories.site import ExampleSite
from tests.harness.databases import Databases

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]

PROJECT = Path(__file__).resolve().parents[3]
PORT = "8123"


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("", "http://cms.example.org:8443"),
        ("http://cms.example.org:8443", "http://cms.example.org:8443"),
        # Which Wagtail's site cannot say.
        ("https://cms.example.org:8443", "https://cms.example.org:8443"),
        # Another: the database has it.
        ("https://cms.example.org", "http://cms.example.org:8443"),
    ],
)
def test_the_database_has_host_and_port_and_base_url_the_scheme(
    settings: Settings, base_url: str, address: str
) -> None:
    Site.objects.update(hostname="cms.example.org", port=8443)
    settings.BASE_URL = base_url
    assert site_address() == address
    # Wagtail's own API too.
    assert get_base_url() == address


@pytest.mark.parametrize("address", ["http://a.example.org", "https://a.example.org"])
def test_usual_ports_need_no_environment(settings: Settings, address: str) -> None:
    settings.BASE_URL = ""
    authority = authority_of(address)
    assert authority is not None
    assert address_of(authority) == address


def test_it_is_read_once_within_a_scope_and_anew_after_a_change(
    django_assert_num_queries: Any,
) -> None:
    with one_site_address():
        before = site_address()
        with django_assert_num_queries(0):
            assert site_address() == before
        assert move_default_site("https://b.example.org") == "https://b.example.org"
        assert site_address() == "https://b.example.org"


def test_documents_name_it_whatever_the_environment_says(
    swedish_site: ExampleSite, settings: Settings
) -> None:
    settings.LISTEN_URL = "http://127.0.0.1:9999"
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://cms.example.org:8443"
    move_default_site(settings.BASE_URL)
    render_backlog()
    address = b"https://cms.example.org:8443/"
    for kind in (HomePage, Programme):
        document = PublishedDocument.objects.filter(type=kind._meta.label)[0]
        body = bytes(document.body)
        # Addresses of the page itself, of the API, and of images.
        assert body.count(b'"' + address) > 1
        assert b"testserver" not in body
        assert b"9999" not in body
        assert b"http://cms.example.org" not in body
        page = document.page_id
        if page:
            found = json.loads(body)
            path = reverse("wagtailapi_v3:detail_page", args=[page])
            answer = Client().get(path, headers={"host": "elsewhere.example.org"}).json()
            assert answer["meta"]["html_url"] == found["meta"]["html_url"]
            assert answer["meta"]["detail_url"] == found["meta"]["detail_url"]


def test_a_scheme_that_changes_makes_documents_stale(settings: Settings) -> None:
    Site.objects.update(hostname="cms.example.org", port=8443)
    before = fingerprint.fingerprint()
    settings.BASE_URL = "https://cms.example.org:8443"
    assert fingerprint.fingerprint() != before


def test_migrate_writes_base_url_into_the_database(settings: Settings) -> None:
    before = site_address()
    settings.BASE_URL = ""
    move_after_migration()
    assert site_address() == before
    settings.BASE_URL = "https://cms.example.org"
    call_command("migrate", verbosity=0)
    assert site_address() == "https://cms.example.org"
    assert Site.objects.get(is_default_site=True).port == 443


def test_an_address_of_another_site_is_left_to_it(settings: Settings) -> None:
    default = Site.objects.get(is_default_site=True)
    Site.objects.create(hostname="other.example.org", port=443, root_page=default.root_page)
    assert move_default_site("https://other.example.org") is None
    settings.BASE_URL = "https://other.example.org"
    [found] = check_site_address(None, databases=["default"])
    assert found.id == "delivery.W002"
    assert "make it the default" in (found.hint or "")


@pytest.mark.parametrize(
    ("base_url", "identifier", "remedy"),
    [
        ("", None, ""),
        ("http://cms.example.org:8443", None, ""),
        ("https://www.example.org", "delivery.W002", "manage.py migrate"),
        ("https://cms.example.org:8443", "delivery.W003", "port 443"),
    ],
)
def test_a_difference_is_named_with_its_remedy(
    settings: Settings,
    base_url: str,
    identifier: str | None,
    remedy: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Site.objects.update(hostname="cms.example.org", port=8443)
    settings.BASE_URL = base_url
    found = check_site_address(None, databases=["default"])
    assert [one.id for one in found] == ([identifier] if identifier else [])
    call_command("check", databases=["default"])
    said = capsys.readouterr().err
    assert (base_url in said) if identifier else said == ""
    assert remedy in said


def test_a_database_without_a_default_site_is_named(settings: Settings) -> None:
    Site.objects.all().delete()
    settings.BASE_URL = "https://cms.example.org"
    [found] = check_site_address(None, databases=["default"])
    assert found.id == "delivery.W001"
    assert site_address() == "https://cms.example.org"


@pytest.fixture
def environment(databases: Databases, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Of programs with a site of their own; nothing in it says at which address that is."""
    with databases.copied("swedish", tmp_path / "data") as database_url:
        yield os.environ | {
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        }


def test_a_command_needs_no_port_to_write_a_sound_bundle(
    environment: dict[str, str], tmp_path: Path
) -> None:

    def run(*arguments: str, **more: str) -> None:
        subprocess.run(
            [sys.executable, *arguments], cwd=PROJECT, env=environment | more, check=True
        )

    # As ``make run PORT=8123`` does it.
    begin = (
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "from wagtail.models import Site;"
        "from cms.demo.site import update_address;"
        "update_address(Site.objects.get(is_default_site=True).root_page);"
        "call_command('published', 'rebuild')"
    )
    run("-c", begin, PORT=PORT)
    run("manage.py", "export_content", str(tmp_path / "bundle"))
    assert list(faults(Bundle(tmp_path / "bundle"))) == []
    written = (tmp_path / "bundle/content/sv.ndjson").read_text()
    assert f'"http://127.0.0.1:{PORT}/media/' in written
    assert "http://testserver" not in written
    assert ":8000/" not in written
