"""The record that data portals collect: valid, in two languages, of nothing that is not there."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyshacl
import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from wagtail.models import Site

from cms.delivery.models import PublishedDocument
from cms.export.models import OpenData
from cms.languages.registry import LANGUAGES
from strategy.models import Indicator, Municipality
from tests.cms.export.open_data.dcat.describing import describe
from tests.cms.export.open_data.dcat.profile import PROFILE, faults
from tests.cms.export.open_data.test_indicators import measured
from tests.cms.export.small import add_page, give, retitle
from tests.factories.site import ExampleSite
from tests.factories.translations import make_alias, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ADDRESS = "/api/dcat.rdf"
BASE = "https://data.example.org"
SHAPES = Path(__file__).resolve().parents[4] / "fixtures" / "dcat_ap" / "shapes.ttl"
SH = Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(autouse=True)
def _address_of_the_site(swedish_site: ExampleSite) -> None:
    Site.objects.update(hostname=urlsplit(BASE).hostname, port=443)


@pytest.fixture
def site(swedish_site: ExampleSite) -> ExampleSite:
    give(add_page(swedish_site), "smj")
    measured("Arbete", 71.4)
    return swedish_site


def collect(visitor: Client, **headers: str) -> Graph:
    response = visitor.get(ADDRESS, headers=headers)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/rdf+xml"
    return Graph().parse(data=response.content, format="xml")


def node(name: str) -> URIRef:
    return URIRef(f"{BASE}{ADDRESS}#{name}")


def test_it_is_what_the_swedish_profile_wants(site: ExampleSite, visitor: Client) -> None:
    describe()
    graph = collect(visitor)
    assert faults(graph, recommended_too=True) == []
    # Each rule of the table would have been noticed.
    for kind, rules in PROFILE.items():
        for rule in rules:
            broken = Graph() + graph
            for subject in graph.subjects(RDF.type, kind):
                broken.remove((subject, rule.predicate, None))
            assert faults(broken, recommended_too=True), rule


def test_it_is_what_the_european_profile_wants(site: ExampleSite, visitor: Client) -> None:
    describe()
    graph = collect(visitor)
    assert not _violations(graph) - {DCTERMS.format}
    # The Swedish profile wants the format as text, where the European one wants an address.
    assert _violations(graph) == {DCTERMS.format}
    graph.remove((node("catalogue"), DCTERMS.publisher, None))
    assert _violations(graph) == {DCTERMS.format, DCTERMS.publisher}


def _violations(graph: Graph) -> set[Any]:
    _conforms, report, _text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert isinstance(report, Graph)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return {report.value(result, SH.resultPath) for result in results}


def test_every_address_on_the_site_is_absolute_and_there(
    site: ExampleSite, visitor: Client
) -> None:
    describe()
    graph = collect(visitor)
    asked = {
        str(address)
        for predicate in (
            DCAT.accessURL,
            DCAT.downloadURL,
            DCAT.endpointDescription,
            DCAT.landingPage,
        )
        for address in graph.objects(None, predicate)
    }
    assert {f"{BASE}/api/v3/openapi.json", f"{BASE}/api/v3/export/corpus.tmx"} <= asked
    for address in asked:
        assert address.startswith(BASE)
        response: Any = visitor.get(address.removeprefix(BASE))
        assert response.status_code == 200, address
        assert b"".join(response) if response.streaming else response.content
    formats = {
        str(graph.value(each, DCAT.downloadURL)): str(graph.value(each, DCTERMS.format))
        for each in graph.subjects(RDF.type, DCAT.Distribution)
        if graph.value(each, DCAT.downloadURL)
    }
    for address, media_type in formats.items():
        answer: Any = visitor.get(address.removeprefix(BASE))
        assert answer.headers["Content-Type"].partition(";")[0] == media_type
        assert b"".join(answer)


def test_the_service_and_its_datasets(site: ExampleSite, visitor: Client) -> None:
    describe()
    graph = collect(visitor)
    [service] = graph.subjects(RDF.type, DCAT.DataService)
    assert graph.value(service, DCAT.endpointURL) == URIRef(f"{BASE}/api/v3/")
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert datasets == {node("content"), node("corpus"), node("indicators")}
    assert set(graph.objects(service, DCAT.servesDataset)) == datasets
    assert set(graph.objects(node("catalogue"), DCAT.dataset)) == datasets
    assert graph.value(node("content-api"), DCAT.accessService) == service
    assert graph.value(node("catalogue"), DCTERMS.license) == URIRef(OpenData.Licence.CC0)
    assert graph.value(node("corpus-tmx"), DCTERMS.license) == URIRef(OpenData.Licence.BY)


def test_languages_are_those_that_there_are(site: ExampleSite, visitor: Client) -> None:
    describe()
    graph = collect(visitor)
    authority = "http://publications.europa.eu/resource/authority/language/"

    def said(of: str) -> set[str]:
        languages = graph.objects(node(of), DCTERMS.language)
        return {str(each).removeprefix(authority) for each in languages}

    assert said("content") == said("corpus") == {"SWE", "SMJ"}
    assert said("indicators") == {"SWE"}
    assert said("catalogue") == {"SWE", "ENG"}
    codes = [language.iso_639_3 for language in LANGUAGES.values()]
    assert len({code for code in codes if len(code) == 3}) == len(LANGUAGES)


def test_what_is_not_there_is_not_announced(swedish_site: ExampleSite, visitor: Client) -> None:
    for indicator in Indicator.objects.all():
        indicator.unpublish()
    describe(area="")
    graph = collect(visitor)
    assert set(graph.subjects(RDF.type, DCAT.Dataset)) == {node("content")}
    assert (None, DCTERMS.spatial, None) not in graph
    assert faults(graph, recommended_too=False) == []


def test_the_bundle_is_announced_where_it_can_be_fetched(
    site: ExampleSite, visitor: Client
) -> None:
    describe()
    assert node("content-bundle") not in set(collect(visitor).subjects())
    with override_settings(BUNDLE_URL="https://files.example.org/bundle.zip"):
        graph = collect(visitor)
    assert graph.value(node("content-bundle"), DCAT.downloadURL) == URIRef(
        "https://files.example.org/bundle.zip"
    )
    with override_settings(BUNDLE_URL="/media/bundle.zip"):
        graph = collect(visitor)
    assert graph.value(node("content-bundle"), DCAT.accessURL) == URIRef(f"{BASE}/media/bundle.zip")


# For the title in Swedish the site's name stands in.
@pytest.mark.parametrize("name", [name for name in OpenData.REQUIRED if name != "title_sv"])
def test_without_what_is_required_there_is_none(name: str, db: None, visitor: Client) -> None:
    describe(**{name: ""})
    response = visitor.get(ADDRESS)
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    with override("en"):
        label = str(OpenData._meta.get_field(name).verbose_name)
    said = response.json()["detail"]
    assert said.endswith(f"in the admin: {label[0].upper()}{label[1:]}.")


def test_that_there_is_none_yet_is_no_error(
    db: None, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    describe(licence="")
    assert visitor.get(ADDRESS).status_code == 503
    [logged] = [record for record in caplog.records if record.name == "django.request"]
    assert logged.levelname == "WARNING"
    assert ADDRESS in logged.getMessage()


def test_it_is_the_same_for_everybody_and_not_sent_twice(
    site: ExampleSite, visitor: Client
) -> None:
    describe()
    first = visitor.get(ADDRESS, headers={"Accept-Language": "fi"})
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Content-Language"] == "sv, en"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    known = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get(ADDRESS, headers=known).status_code == 304
    assert visitor.head(ADDRESS).content == b""
    assert visitor.post(ADDRESS).status_code == 405
    describe(publisher_name="Region Annan")
    graph = collect(visitor, **known)
    assert set(graph.objects(None, FOAF.name)) == {Literal("Region Annan")}


def test_nothing_that_is_not_public_is_counted(site: ExampleSite, visitor: Client) -> None:
    describe()
    before = collect(visitor)
    page = add_page(site, title="Hemlig")
    give(page, "yi").unpublish()
    retitle(page, "Hemligare").unpublish()
    # The start page above it is an alias, in Swedish.
    assert not PublishedDocument.objects.filter(locale="yi", listed=True).exists()
    after = collect(visitor)
    assert set(after.objects(node("content"), DCTERMS.language)) == set(
        before.objects(node("content"), DCTERMS.language)
    )


def test_a_language_without_a_text_is_not_announced(site: ExampleSite, visitor: Client) -> None:
    """Texts count: not what was begun, shown as an alias or published as it stood in the source."""
    describe()
    before = set(collect(visitor).triples((None, DCTERMS.language, None)))
    translate(add_page(site, title="Påbörjad"), "fi", lambda _path, _source: None)
    translate(add_page(site, title="Stilla"), "yi", lambda _path, source: source)
    make_alias(add_page(site, title="Visad"), "rom")
    translate(Municipality.objects.all()[0], "sma", lambda _path, source: source)
    assert set(collect(visitor).triples((None, DCTERMS.language, None))) == before
    # One text is enough, of a fact as well.
    translate(Municipality.objects.all()[0], "se", lambda _path, _source: "Giron")
    announced = set(collect(visitor).objects(node("content"), DCTERMS.language))
    assert {str(each).rsplit("/")[-1] for each in announced} == {"SWE", "SMJ", "SME"}


def test_few_queries(
    site: ExampleSite, visitor: Client, django_assert_max_num_queries: Any
) -> None:
    describe()
    collect(visitor)
    with django_assert_max_num_queries(4):
        collect(visitor)


def test_an_administrator_fills_it_in(swedish_site: ExampleSite, client: Client) -> None:
    client.force_login(User.objects.create_superuser("chef"))
    address = reverse("wagtailsettings:edit", args=["export", "opendata"])
    shown = client.get(address, follow=True)
    assert shown.status_code == 200
    [(final, _status)] = shown.redirect_chain
    data = {
        "publisher_name": "Region Exempel",
        "publisher_type": OpenData.PublisherType.REGION,
        "publisher_address": "www.example.org/ å",
        "licence": OpenData.Licence.CC0,
    }
    assert client.post(final, data).status_code == 200
    assert OpenData.load().publisher_name == ""
    assert (
        client.post(final, data | {"publisher_address": "https://example.org/"}).status_code == 302
    )
    assert OpenData.load().publisher_name == "Region Exempel"
