"""Parameters that several addresses take."""

from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field

from cms.delivery.endpoints.schemas import MEMBERS
from cms.delivery.presentation.presentation import ALWAYS, Presentation

_SEPARATOR: Final = ","


def _names(values: Any) -> Any:
    """The names in a parameter: several behind commas, in one or more of it.

    Raises:
        ValueError: no document has a member of this name.
    """
    names = [name for value in values for name in value.split(_SEPARATOR)]
    for name in names:
        if name not in MEMBERS:
            known = ", ".join(MEMBERS)
            raise ValueError(f"No document has a member {name!r:.80}. Known: {known}.")
    return list(dict.fromkeys(names))


MemberName: Any = Literal[MEMBERS]


class Presented(Schema):
    """The members and the form in which documents are wanted."""

    fields_: Annotated[list[MemberName], BeforeValidator(_names)] = Field(
        default=[],
        alias="fields",
        description="Names of members at the top of a document, behind commas: these and "
        f"{', '.join(f'`{name}`' for name in ALWAYS)} alone are given, also where the type of the "
        "answer says that others are always there. Pointers of `languages` that lead to others "
        "are left out. Without it: all.",
    )
    rich_text_format: Literal["html", "markdown"] = Field(
        default="html",
        description="The form of rich text. In Markdown, what is in another language stands in "
        "`<span lang>`.",
    )

    @property
    def presentation(self) -> Presentation:
        """The same for who answers."""
        return Presentation(frozenset(self.fields_), self.rich_text_format)


class WithFallback(Presented):
    """The same, and whether fallbacks are wanted."""

    fallback: bool = Field(
        default=True,
        description="Whether a document of a fallback stands in where the language has none.",
    )


class Listing(WithFallback):
    """The parameters of every list of documents."""

    search: str | None = Field(
        default=None,
        max_length=256,
        description="Words, all of which must occur; the last one may be the beginning of a word; "
        '"words in quotes" stand together. Letters without their marks are found as well.',
    )
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(
        default=None, description="`next` of the page before, asked for in the same way."
    )


def names_of(schema: type[Schema]) -> list[str]:
    """The names of the parameters of a schema, as they are written in an address."""
    return [field.alias or name for name, field in schema.model_fields.items()]
