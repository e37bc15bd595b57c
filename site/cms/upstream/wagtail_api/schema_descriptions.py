"""Describes what the schemas of API v3 hold, in one language.

Wagtail 8.0.1 makes its schemas in the language of whoever starts the process, and has no place for
an example or for a note beside a field, nor for a description where a type of field has a function
of its own that makes its schema. Here each schema is made in the language of the description, and
completed with what is said about its model and fields. May go when the generators call something
of the project's with each schema, and describe them in a language that a setting names.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.utils import translation

from cms.content.api.field_descriptions import describe_schema
from cms.content.api.registration import DESCRIPTION_LANGUAGE
from cms.upstream.replacement import Replacement, apply_replacements

_GENERATORS: Final = "wagtail.api.v3.schemas.generators"


def apply() -> None:
    """Puts it in, before any schema is made."""
    apply_replacements(
        Replacement(
            f"{_GENERATORS}.read:SchemaGenerator.build_schema",
            "3906d704ebdc001d68b0258adaf36ca1bb1ecf847dad3af25807c5a2f4912887",
            described,
        ),
        Replacement(
            f"{_GENERATORS}.write:InputSchemaGenerator.generate_schema",
            "d1b588965dfb5c4477b0300dca356a130bd009fe315d6db74ab33ad539125580",
            described,
        ),
        Replacement(
            f"{_GENERATORS}.write:InputSchemaGenerator.get_child_relation_schema",
            "9facb02ece9e07a0af564c4c026b2d84601f0dc91506ad8eb881d281c19ddf25",
            described,
        ),
    )


def described(generate: Callable[..., Any]) -> Callable[..., Any]:
    """The method of a generator, whose schema says what its fields are."""

    @wraps(generate)
    def generate_described(generator: Any, model: Any, **kwargs: Any) -> Any:
        with translation.override(DESCRIPTION_LANGUAGE):
            return describe_schema(generate(generator, model, **kwargs), model)

    return generate_described
