"""Schemas of the documents, for programs that check them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import translation

from cms.content.api.documents import document_schema
from cms.delivery.http.validation_middleware import LANGUAGE_OF_MESSAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(labels: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The JSON Schema of each type, by its label, whole in itself."""
    for label in labels:
        shape = document_schema(apps.get_model(label)).model_json_schema(
            mode="serialization", ref_template="#/$defs/{model}"
        )
        yield label, readable({"$schema": DIALECT, **shape, "title": label})


def openapi() -> bytes:
    """The description of the API, as ``openapi.json`` gives it."""
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
