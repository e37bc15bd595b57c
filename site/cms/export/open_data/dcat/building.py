"""The record by which data portals find what is published: DCAT-AP-SE 3.0.1.

Every node has an address of its own, below that of the record: a portal that comes again knows
each for the same. Of a format the Swedish profile wants the media type as text; the European one
wants an address, which stands beside it where IANA has registered one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from cms.export.models import OpenData
from cms.export.open_data.dcat import texts
from cms.export.open_data.dcat.facts import Facts
from cms.export.open_data.dcat.texts import Texts
from cms.export.open_data.dcat.vocabulary import (
    AVAILABLE,
    CC0,
    DCATAP,
    GOVERNMENT,
    IRREGULAR,
    PUBLIC,
    REGIONS_AND_CITIES,
    REST,
    THEMES,
    VCARD,
    language_address,
    media_type_address,
)

DESCRIBED_IN: Final = ("sv", "en")
"""The languages of the texts of the record itself."""


@dataclass(frozen=True, slots=True)
class DownloadAddresses:
    """Absolute addresses of what is announced.

    Attributes:
        bundle: empty where there is none.
    """

    catalog: str
    site: str
    api: str
    description: str
    documentation: str
    lines: str
    corpus: str
    indicators: str
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class _Distribution:
    name: str
    description: Mapping[str, str]
    address: str
    media_type: str
    registered: str = ""
    is_service: bool = False


class DataCatalog:
    """Builds the graph from what a person has typed in and what there is.

    Args:
        open_data: nothing that is required may be missing.
    """

    def __init__(self, open_data: OpenData, facts: Facts, addresses: DownloadAddresses) -> None:
        self.open_data = open_data
        self.facts = facts
        self.addresses = addresses
        self.graph = Graph()
        for prefix, namespace in (("vcard", VCARD), ("dcatap", DCATAP)):
            self.graph.bind(prefix, namespace)
        self.node = self._node("catalogue")
        self.service = self._node("api")
        self.publisher = URIRef(open_data.publisher_address)
        self.contact = self._node("contact")

    def build(self) -> Graph:
        """The whole graph."""
        self._add_publisher()
        self._add_contact()
        self._add_catalog()
        for dataset, distributions in self._datasets():
            self._add_distributions(dataset, distributions)
        self._add_service()
        return self.graph

    def _node(self, name: str) -> URIRef:
        return URIRef(f"{self.addresses.catalog}#{name}")

    def _add(self, node: URIRef, *facts: tuple[Any, Any]) -> None:
        for predicate, value in facts:
            self.graph.add((node, predicate, value))

    def _add_texts(self, node: URIRef, predicate: Any, by_language: Mapping[str, str]) -> None:
        for code, text in by_language.items():
            self.graph.add((node, predicate, Literal(text, lang=code)))

    def _add_publisher(self) -> None:
        data = self.open_data
        self._add(
            self.publisher,
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(data.publisher_name)),
            (DCTERMS.type, URIRef(data.publisher_type)),
        )
        if data.publisher_number:
            self._add(self.publisher, (DCTERMS.identifier, Literal(data.publisher_number)))

    def _add_contact(self) -> None:
        self._add(
            self.contact,
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(self.open_data.contact_name)),
            (VCARD.hasEmail, URIRef(f"mailto:{self.open_data.contact_email}")),
        )

    def _add_catalog(self) -> None:
        data = self.open_data
        self._add(
            self.node,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, self.publisher),
            (DCTERMS.license, self._typed(CC0, DCTERMS.LicenseDocument)),
            (DCTERMS.issued, _day(data.issued_at)),
            (DCTERMS.modified, _day(data.changed_at)),
            (FOAF.homepage, self._typed(self.addresses.site, FOAF.Document)),
            (DCAT.themeTaxonomy, THEMES),
            (DCAT.service, self.service),
            *self._area(),
            *self._languages(DESCRIBED_IN),
        )
        self._add_texts(self.node, DCTERMS.title, data.titles())
        self._add_texts(
            self.node,
            DCTERMS.description,
            {"sv": data.description_sv, "en": data.description_en},
        )

    def _datasets(self) -> Iterable[tuple[URIRef, list[_Distribution]]]:
        addresses, facts = self.addresses, self.facts
        content = [
            _Distribution(
                "content-api", texts.AS_API, addresses.documentation, "application/json",
                "application/json", is_service=True,
            ),
            _Distribution(
                "content-ndjson", texts.AS_LINES, addresses.lines, "application/x-ndjson"
            ),
        ]  # fmt: skip
        if addresses.bundle:
            content.append(
                _Distribution(
                    "content-bundle", texts.AS_BUNDLE, addresses.bundle, "application/zip",
                    "application/zip",
                )
            )  # fmt: skip
        yield self._add_dataset("content", texts.CONTENT, facts.languages), content
        if facts.is_parallel:
            corpus = _Distribution(
                "corpus-tmx", texts.AS_TMX, addresses.corpus, "application/x-tmx+xml",
                "application/xml",
            )  # fmt: skip
            yield self._add_dataset("corpus", texts.CORPUS, facts.languages), [corpus]
        if facts.indicator_languages:
            table = _Distribution(
                "indicators-csv", texts.AS_CSV, addresses.indicators, "text/csv", "text/csv"
            )
            node = self._add_dataset("indicators", texts.INDICATORS, facts.indicator_languages)
            yield node, [table]

    def _add_dataset(self, name: str, said: Texts, languages: Iterable[str]) -> URIRef:
        node = self._node(name)
        self.graph.add((self.node, DCAT.dataset, node))
        self.graph.add((self.service, DCAT.servesDataset, node))
        self._add(
            node,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(str(node))),
            (DCTERMS.accrualPeriodicity, self._typed(IRREGULAR, DCTERMS.Frequency)),
            (DCAT.landingPage, self._typed(self.addresses.documentation, FOAF.Document)),
            *self._area(),
            *self._languages(languages),
        )
        for predicate, day in (
            (DCTERMS.issued, self.facts.issued),
            (DCTERMS.modified, self.facts.modified),
        ):
            if day is not None:
                self.graph.add((node, predicate, _day(day)))
        self._add_what_both_have(node, said)
        return node

    def _add_what_both_have(self, node: URIRef, said: Texts) -> None:
        """The statements that a dataset and a service share."""
        self._add(
            node,
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCAT.theme, REGIONS_AND_CITIES),
            (DCAT.theme, GOVERNMENT),
            (DCTERMS.accessRights, self._typed(PUBLIC, DCTERMS.RightsStatement)),
        )
        self._add_texts(node, DCTERMS.title, said.title)
        self._add_texts(node, DCTERMS.description, said.description)
        for code, words in said.keywords.items():
            for word in words:
                self.graph.add((node, DCAT.keyword, Literal(word, lang=code)))

    def _add_distributions(self, dataset: URIRef, distributions: Iterable[_Distribution]) -> None:
        for each in distributions:
            node = self._node(each.name)
            self.graph.add((dataset, DCAT.distribution, node))
            self._add(
                node,
                (RDF.type, DCAT.Distribution),
                (DCAT.accessURL, URIRef(each.address)),
                (DCTERMS.format, Literal(each.media_type)),
                (DCTERMS.license, self._licence()),
                (DCATAP.availability, AVAILABLE),
            )
            self._add_texts(node, DCTERMS.description, each.description)
            if each.registered:
                address = self._typed(media_type_address(each.registered), DCTERMS.MediaType)
                self.graph.add((node, DCAT.mediaType, address))
            if each.is_service:
                self.graph.add((node, DCAT.accessService, self.service))
            else:
                self.graph.add((node, DCAT.downloadURL, URIRef(each.address)))

    def _add_service(self) -> None:
        self._add(
            self.service,
            (RDF.type, DCAT.DataService),
            (DCAT.endpointURL, URIRef(self.addresses.api)),
            (DCAT.endpointDescription, URIRef(self.addresses.description)),
            (DCTERMS.format, Literal("application/json")),
            (DCTERMS.license, self._licence()),
            (DCTERMS.type, REST),
            (DCAT.landingPage, self._typed(self.addresses.documentation, FOAF.Document)),
        )
        self._add_what_both_have(self.service, texts.SERVICE)

    def _licence(self) -> URIRef:
        return self._typed(self.open_data.licence, DCTERMS.LicenseDocument)

    def _languages(self, codes: Iterable[str]) -> Iterable[tuple[Any, Any]]:
        for code in codes:
            yield (
                DCTERMS.language,
                self._typed(language_address(code), DCTERMS.LinguisticSystem),
            )

    def _area(self) -> Iterable[tuple[Any, Any]]:
        if self.open_data.area:
            yield DCTERMS.spatial, self._typed(self.open_data.area, DCTERMS.Location)

    def _typed(self, address: str, kind: Any) -> URIRef:
        """An address, with what it stands for: a checker fetches nothing."""
        node = URIRef(address)
        self.graph.add((node, RDF.type, kind))
        return node


def _day(day: date) -> Literal:
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return Literal(day.isoformat(), datatype=XSD.date)
