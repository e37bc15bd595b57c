"""Which shape the documents have, for programs that check them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from norrbotten.content.api.documents import document_schema
from norrbotten.delivery.middleware import LANGUAGE_OF_MESSAGES
from norrbotten.delivery.urls import api

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
    # By its own address: what a description is asked for under is no part of the content.
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
