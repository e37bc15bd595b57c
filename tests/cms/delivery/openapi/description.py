"""The description of the API as a program reads it that holds real answers against it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

SCHEMAS: Final = "#/components/schemas/"
_PARAMETER: Final = re.compile(r"\\\{\w+\\\}")

Schema = Mapping[str, Any]


def _one_of(validator: Any, parts: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Follows the discriminator, as generated clients do; without one, one part alone must fit."""
    told_by = schema.get("discriminator")
    if told_by is None:
        yield from Draft202012Validator.VALIDATORS["oneOf"](validator, parts, instance, schema)
        return
    told = instance.get(told_by["propertyName"]) if isinstance(instance, dict) else None
    if told not in told_by["mapping"]:
        yield ValidationError(f"{told!r} is none of: {', '.join(told_by['mapping'])}")
    else:
        yield from validator.descend(instance, {"$ref": told_by["mapping"][told]})


_Validator: Final = extend(Draft202012Validator, {"oneOf": _one_of})


class Description:
    """``openapi.json``, asked for what it says of an answer.

    Attributes:
        schemas: the components, by name.
    """

    def __init__(self, openapi: Schema) -> None:
        self.openapi = openapi
        self.schemas: Schema = openapi["components"]["schemas"]
        self._paths: list[tuple[re.Pattern[str], str]] = [
            (re.compile(f"{_PARAMETER.sub('[^/]+', re.escape(path))}\\Z"), path)
            for path in sorted(openapi["paths"], key=lambda path: path.count("{"))
        ]

    def path_of(self, address: str) -> str:
        """The path of the description that an address belongs to."""
        bare = address.partition("?")[0]
        return next(path for pattern, path in self._paths if pattern.match(bare))

    def errors(self, value: Any, schema: Schema) -> list[str]:
        """The faults of a value, by a schema of the description."""
        validator = _Validator(
            {**schema, "components": self.openapi["components"]},
            format_checker=_Validator.FORMAT_CHECKER,
        )
        return [
            f"{error.json_path}: {error.message:.300}" for error in validator.iter_errors(value)
        ]

    def named(self, name: str) -> Schema:
        """A reference to a component."""
        return {"$ref": f"{SCHEMAS}{name}"}

    def instances(self, value: Any, schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each object in a value, with the name of the component that it is an instance of."""
        name, schema = self._resolved(value, schema)
        if isinstance(value, list):
            for item in value:
                yield from self.instances(item, schema.get("items", {}))
        elif isinstance(value, dict):
            if name is not None:
                yield name, value
            members = schema.get("properties", {})
            rest = schema.get("additionalProperties")
            for key, part in value.items():
                found = members.get(key, rest if isinstance(rest, dict) else {})
                yield from self.instances(part, found)

    def _resolved(self, value: Any, schema: Schema) -> tuple[str | None, Schema]:
        """The component of a value, through references, unions and what may be null."""
        name: str | None = None
        while True:
            if "$ref" in schema:
                name = schema["$ref"].removeprefix(SCHEMAS)
                schema = self.schemas[name]
            elif "discriminator" in schema:
                told_by = schema["discriminator"]
                schema = {"$ref": told_by["mapping"][value[told_by["propertyName"]]]}
            elif "anyOf" in schema:
                parts = [part for part in schema["anyOf"] if part.get("type") != "null"]
                if value is None or len(parts) > 1:
                    return None, {}
                schema = parts[0]
            else:
                return name, schema


class MemberCount:
    """Counts of each component, and of each of its members."""

    def __init__(self) -> None:
        self.objects: Counter[str] = Counter()
        self.members: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, instance: Mapping[str, Any]) -> None:
        """Count one instance of a component."""
        self.objects[name] += 1
        self.members.update((name, member) for member in instance)

    def always(self, name: str) -> set[str]:
        """The members that every instance had."""
        return {
            member
            for (component, member), number in self.members.items()
            if component == name and number == self.objects[name]
        }

    def ever(self, name: str) -> set[str]:
        """The members that some instance had."""
        return {member for component, member in self.members if component == name}
