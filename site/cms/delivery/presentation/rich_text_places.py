"""Places of rich text in documents, found in the schemas of their types.

A field or block of rich text says in the schema that it is HTML, and which features it has.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from cms.content.api.delivered_types import delivered_models
from cms.content.api.documents import document_schema
from cms.content.rich_text.markdown import markdown_of

HTML: Final = "text/html"
FEATURES: Final = "x-rich-text-features"

Change = Callable[[Any], Any]
"""Gives a value with its rich text in another form; the value itself stays as it is."""


def with_markdown(label: str, document: dict[str, Any]) -> dict[str, Any]:
    """A document of a type, or some of its members, with its rich text as Markdown."""
    changes = _changes(label)
    return {
        name: changes[name](value) if name in changes else value for name, value in document.items()
    }


@cache
def _changes(label: str) -> dict[str, Change]:
    """The changes of the members of a type that have rich text."""
    [model] = [model for model in delivered_models() if model._meta.label == label]
    schema = document_schema(model).model_json_schema(by_alias=True)
    return _Places(schema.get("$defs", {})).of_members(schema)


class _Places:
    """The places of rich text in a schema.

    Args:
        definitions: those that the schema refers to.
    """

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._known: dict[str, Change | None] = {}

    def of_members(self, schema: dict[str, Any]) -> dict[str, Change]:
        """The changes of the members of an object."""
        changes = {name: self._of(member) for name, member in schema.get("properties", {}).items()}
        return {name: change for name, change in changes.items() if change is not None}

    def _of(self, schema: dict[str, Any]) -> Change | None:
        if schema.get("contentMediaType") == HTML:
            features = tuple(schema[FEATURES])
            return lambda text: markdown_of(text, features) if text else text
        if (reference := schema.get("$ref")) is not None:
            return self._of_reference(reference.rpartition("/")[2])
        if "items" in schema:
            item = self._of(schema["items"])
            return item and (lambda values: [item(value) for value in values])
        if "discriminator" in schema:
            return self._of_blocks(schema["discriminator"])
        if alternatives := [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
            # One and null: nothing else is served without a discriminator.
            [change] = {self._of(one) for one in alternatives if one.get("type") != "null"} or {
                None
            }
            return change and (lambda value: None if value is None else change(value))
        members = self.of_members(schema)
        if not members:
            return None
        return lambda value: {
            name: members[name](member) if name in members else member
            for name, member in value.items()
        }

    def _of_reference(self, name: str) -> Change | None:
        if name not in self._known:
            # What holds itself again is looked into once.
            self._known[name] = None
            self._known[name] = self._of(self._definitions[name])
        return self._known[name]

    def _of_blocks(self, discriminator: dict[str, Any]) -> Change | None:
        changes = {
            value: change
            for value, reference in discriminator["mapping"].items()
            if (change := self._of_reference(reference.rpartition("/")[2])) is not None
        }
        if not changes:
            return None
        member = discriminator["propertyName"]
        return lambda value: changes.get(value[member], _same)(value)


def _same(value: Any) -> Any:
    return value
