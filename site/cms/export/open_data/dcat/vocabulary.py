"""The words of which the record is made: addresses that stand for things in DCAT-AP-SE 3.0.1.

https://docs.dataportal.se/dcat/3.0.1/en/ says which there are and which have to be there.
"""

from typing import Final

from rdflib import Namespace, URIRef

from cms.languages.registry import get_language

EU: Final = "http://publications.europa.eu/resource/authority/"
ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")

CC0: Final = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
PUBLIC: Final = URIRef(f"{EU}access-right/PUBLIC")
AVAILABLE: Final = URIRef(f"{EU}planned-availability/AVAILABLE")
IRREGULAR: Final = URIRef(f"{EU}frequency/IRREG")
THEMES: Final = URIRef(f"{EU}data-theme")
REGIONS_AND_CITIES: Final = URIRef(f"{EU}data-theme/REGI")
GOVERNMENT: Final = URIRef(f"{EU}data-theme/GOVE")
REST: Final = URIRef("http://www.wikidata.org/entity/Q749568")
_REGISTERED: Final = "https://www.iana.org/assignments/media-types/"


def language_address(code: str) -> URIRef:
    """The address that stands for a language in the EU's authority table."""
    return URIRef(f"{EU}language/{get_language(code).iso_639_3.upper()}")


def media_type_address(media_type: str) -> URIRef:
    """The address that stands for a media type at IANA."""
    return URIRef(f"{_REGISTERED}{media_type}")
