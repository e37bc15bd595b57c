"""Schemas of the documents, for programs that check them."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import translation

from cms.common.site_address import site_address
from cms.content.api.documents import document_schema
from cms.content.redirect_documents import REDIRECT_TYPE, RedirectDocument
from cms.delivery.http.validation_middleware import LANGUAGE_OF_MESSAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(labels: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The JSON Schema of each type, by its label, whole in itself."""
    for label in labels:
        yield label, _schema(label)


# It follows from the code alone: a process that writes many bundles makes it once.
@cache
def _schema(label: str) -> bytes:
    is_redirect = label == REDIRECT_TYPE
    schema: Any = RedirectDocument if is_redirect else document_schema(apps.get_model(label))
    shape = schema.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    return readable({"$schema": DIALECT, **shape, "title": label})


def openapi() -> bytes:
    """The description of the API, as ``openapi.json`` gives it."""
    return _openapi(site_address())


@cache
def _openapi(address: str) -> bytes:
    """The description of the API of a site at an address."""
    # All addresses are made first, in the order of the site, in which none is left out.
    reverse("open_data_catalogue")
    from cms.delivery.urls import api

    return readable(api.get_openapi_schema())


def readable(value: Any, *, in_order: bool = True) -> bytes:
    """JSON for people too: the same bytes for the same value.

    Args:
        in_order: whether members stand in the order of their names rather than in their own.
    """
    with translation.override(LANGUAGE_OF_MESSAGES):
        text = json.dumps(
            value, ensure_ascii=False, indent=1, sort_keys=in_order, cls=DjangoJSONEncoder
        )
    return f"{text}\n".encode()
