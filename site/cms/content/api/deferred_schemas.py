"""Settings of every schema, which must be made before any is defined.

Pydantic makes what validates and writes an answer when it is first needed. Otherwise it does so for
each schema at once, which takes a fifth of the time in which any command of ``manage.py`` starts,
most of which use none. A server has them all made before its first request, see ``cms.wsgi``.
"""

from collections.abc import Iterator

from django.urls import get_resolver
from ninja import Schema
from ninja.params.models import ParamModel
from pydantic import BaseModel

_BASES: tuple[type[BaseModel], ...] = (Schema, ParamModel)


def defer_schemas() -> None:
    """Makes no schema yet of those that are defined from now on.

    A schema has the setting of those that it derives from: this must be done before any is defined.
    """
    for base in _BASES:
        base.model_config["defer_build"] = True


def require_what_is_served() -> None:
    """Says of each schema that is served that all of its members are there.

    An answer holds the members that have a default as well. One that may be missing says so by its
    ``exclude_if``.
    """
    Schema.model_config["json_schema_serialization_defaults_required"] = True


def build_schemas() -> None:
    """Makes every schema of every address that the site has."""
    # Importing the addresses defines what they ask for and answer.
    _ = get_resolver().url_patterns
    for base in _BASES:
        for schema in deferred(base):
            schema.model_rebuild()


def deferred(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Schemas that derive from one and have not been made yet."""
    for schema in base.__subclasses__():
        if not schema.__pydantic_complete__:
            yield schema
        yield from deferred(schema)
