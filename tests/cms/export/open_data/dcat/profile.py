"""Rules of DCAT-AP-SE 3.0.1 for each class, taken from its own description.

Source: https://docs.dataportal.se/dcat/3.0.1/en/ (bundle.json of the same release), the properties
with a lower bound of one (mandatory) and those that it prefers (recommended), with the upper bounds
that it sets.
"""

from dataclasses import dataclass
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from cms.export.open_data.dcat.vocabulary import DCATAP, VCARD

ADDRESS, TEXT, TRANSLATED, MAIL, DAY = "address", "text", "translated", "mail", "day"


@dataclass(frozen=True)
class Rule:
    """One property of a class."""

    predicate: Any
    kind: str
    mandatory: bool = True
    once: bool = False


def recommended(predicate: Any, kind: str, *, once: bool = False) -> Rule:
    return Rule(predicate, kind, mandatory=False, once=once)


PROFILE: dict[Any, list[Rule]] = {
    DCAT.Catalog: [
        Rule(DCTERMS.title, TRANSLATED),
        Rule(DCTERMS.description, TRANSLATED),
        Rule(DCTERMS.publisher, ADDRESS, once=True),
        Rule(DCTERMS.license, ADDRESS, once=True),
        Rule(DCAT.dataset, ADDRESS),
        recommended(DCTERMS.issued, DAY, once=True),
        recommended(DCTERMS.modified, DAY, once=True),
        recommended(DCTERMS.language, ADDRESS),
        recommended(DCTERMS.spatial, ADDRESS),
        recommended(FOAF.homepage, ADDRESS, once=True),
        recommended(DCAT.themeTaxonomy, ADDRESS),
    ],
    DCAT.Dataset: [
        Rule(DCTERMS.title, TRANSLATED),
        Rule(DCTERMS.description, TRANSLATED),
        Rule(DCTERMS.publisher, ADDRESS, once=True),
        recommended(DCAT.contactPoint, ADDRESS),
        recommended(DCAT.keyword, TRANSLATED),
        recommended(DCAT.theme, ADDRESS),
        recommended(DCTERMS.issued, DAY, once=True),
        recommended(DCTERMS.spatial, ADDRESS),
        recommended(DCTERMS.accessRights, ADDRESS, once=True),
    ],
    DCAT.Distribution: [
        Rule(DCAT.accessURL, ADDRESS, once=True),
        Rule(DCTERMS.format, TEXT, once=True),
        recommended(DCTERMS.description, TRANSLATED),
        recommended(DCTERMS.license, ADDRESS, once=True),
        recommended(DCATAP.availability, ADDRESS, once=True),
    ],
    DCAT.DataService: [
        Rule(DCTERMS.title, TRANSLATED),
        Rule(DCAT.endpointURL, ADDRESS),
        Rule(DCTERMS.format, TEXT, once=True),
        recommended(DCAT.endpointDescription, ADDRESS),
        recommended(DCAT.contactPoint, ADDRESS),
        recommended(DCAT.keyword, TRANSLATED),
        recommended(DCTERMS.accessRights, ADDRESS, once=True),
        recommended(DCTERMS.license, ADDRESS, once=True),
    ],
    FOAF.Agent: [
        Rule(FOAF.name, TEXT),
        Rule(DCTERMS.type, ADDRESS, once=True),
    ],
    VCARD.Organization: [
        Rule(VCARD.fn, TEXT),
        Rule(VCARD.hasEmail, MAIL),
    ],
}


def faults(graph: Graph, *, recommended_too: bool) -> list[str]:
    """Lists what a record lacks or says in another way than the profile wants."""
    found = []
    for kind, rules in PROFILE.items():
        nodes = set(graph.subjects(RDF.type, kind))
        if not nodes:
            found.append(f"There is no {kind}.")
        for node in nodes:
            for rule in rules:
                if rule.mandatory or recommended_too:
                    found += [
                        f"{node} {rule.predicate}: {fault}" for fault in _faults(graph, node, rule)
                    ]
    return found


def _faults(graph: Graph, node: Any, rule: Rule) -> list[str]:
    values = list(graph.objects(node, rule.predicate))
    if not values:
        return ["missing"]
    found = [f"{value!r} is no {rule.kind}" for value in values if not _is(rule.kind, value)]
    if rule.once and len(values) > 1:
        found.append("more than one")
    if rule.kind == TRANSLATED and {getattr(value, "language", None) for value in values} < {
        "sv",
        "en",
    }:
        found.append("not in Swedish and English")
    return found


def _is(kind: str, value: Any) -> bool:
    if kind == ADDRESS:
        return isinstance(value, URIRef) and str(value).startswith(("http://", "https://"))
    if kind == MAIL:
        return isinstance(value, URIRef) and str(value).startswith("mailto:")
    if not isinstance(value, Literal) or not str(value).strip():
        return False
    if kind == DAY:
        return value.datatype == XSD.date
    return (value.language in ("sv", "en")) if kind == TRANSLATED else value.language is None
