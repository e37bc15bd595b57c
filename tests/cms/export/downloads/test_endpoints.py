"""The files at fixed addresses: for anybody, streamed, compressed, and not sent twice."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from lxml import etree
from wagtail_localize.models import StringTranslation

from cms.export.open_data.indicators import indicators
from home.models import ContentPage
from tests.cms.export.open_data.test_indicators import measured
from tests.cms.export.small import add_page, ask_for_review, draft, give, retitle
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

CORPUS = "/api/v3/export/corpus.tmx"
INDICATORS = "/api/v3/export/indicators.csv"
KEPT = Path(settings.DATA_DIR) / "exports" / "public"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Transactions that are rolled back come to the same numbers again."""
    shutil.rmtree(KEPT, ignore_errors=True)


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)


def body(response: Any) -> bytes:
    assert response.streaming
    return b"".join(response)


def test_the_corpus(page: ContentPage, visitor: Client) -> None:
    give(page, "smj")
    draft(page, "fi")
    response = visitor.get(CORPUS)
    assert response.headers["Content-Type"] == "application/x-tmx+xml"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    said = body(response)
    assert b"smj(Kust)" in said
    assert b"fi(Kust)" not in said
    assert len(etree.fromstring(said).findall("body/tu")) == 2


def test_the_corpus_is_made_once(
    page: ContentPage, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(page, "smj")
    first = body(visitor.get(CORPUS))
    with monkeypatch.context() as patch:
        patch.setattr("cms.exchange.parallel_texts.tmx.writing.parallel_strings", _nothing)
        assert body(visitor.get(CORPUS)) == first
        packed = visitor.get(CORPUS, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(body(packed)) == first
        retitle(page, "Strand")
        assert body(visitor.get(CORPUS)) != first
    assert len(list(KEPT.glob("corpus.tmx.*"))) == 1


def _nothing(query: Any) -> Any:
    return iter([[]])


def test_the_indicators(swedish_site: ExampleSite, visitor: Client) -> None:
    measured("Arbete", 71.4)
    response = visitor.get(INDICATORS)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Language"] == "sv"
    said = body(response)
    assert said == b"".join(indicators())
    assert b"Arbete,procent,lower,measured,2020-12-31,71.4," in said
    assert visitor.get(INDICATORS, {"locale": "en"}).headers["Content-Language"] == "en"


@pytest.mark.parametrize("address", [CORPUS, INDICATORS])
def test_it_is_compressed_and_not_sent_twice(
    address: str, page: ContentPage, visitor: Client
) -> None:
    plain = visitor.get(address)
    packed = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    # The date in the corpus's header aside.
    assert len(gzip.decompress(body(packed))) == len(body(plain))
    known = {"If-None-Match": plain.headers["ETag"]}
    again = visitor.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    retitle(page, "Strand")
    changed = visitor.get(address, headers=known)
    assert changed.status_code == 200
    body(changed)


def test_a_text_that_somebody_has_read_makes_another_corpus(
    page: ContentPage, visitor: Client
) -> None:
    give(page, "smj")
    first = visitor.get(CORPUS)
    body(first)
    ask_for_review("smj(Kust)")
    second = visitor.get(CORPUS, headers={"If-None-Match": first.headers["ETag"]})
    assert b"needs-review" in body(second)
    StringTranslation.objects.get(data="smj(Kust)").save()
    third = visitor.get(CORPUS, headers={"If-None-Match": second.headers["ETag"]})
    assert third.status_code == 200
    body(third)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (f"{CORPUS}?locale=xx", "xx"),
        (f"{CORPUS}?locale=fi", "locale"),
        (f"{CORPUS}?fallback=1", "fallback"),
        (f"{INDICATORS}?locale=xx", "xx"),
        (f"{INDICATORS}?type=home.HomePage", "type"),
    ],
)
def test_what_is_not_known_is_named(address: str, named: str, visitor: Client) -> None:
    response = visitor.get(address)
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert named in response.content.decode()


def test_who_asks_too_often_is_told_when_to_come_again(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    answers: list[Any] = [visitor.get(CORPUS) for _number in range(42)]
    for answer in answers:
        assert b"".join(answer)
    # A minute may have begun meanwhile.
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) <= 60
