"""Unions that a client tells apart by one member, and that have a name.

Wagtail tells pages apart by ``meta.type``, for which OpenAPI has no word. Each document has its
``type`` at the top as well.
"""

from typing import Any, Final

from cms.delivery.openapi.references import operations, reference, referred

NAMES: Final = {"pages": "PageDocument"}
"""Names of the unions that Wagtail's own routers answer, by the router's tag."""


def tell_apart(description: Any) -> None:
    """Says of each union by which member it is told apart, and names those of the answers."""
    schemas = description["components"]["schemas"]
    _add_discriminators(description, schemas)
    for _path, _method, operation in operations(description):
        name = next((NAMES[tag] for tag in operation.get("tags", ()) if tag in NAMES), None)
        for response in operation["responses"].values() if name else ():
            for content in response.get("content", {}).values():
                if "discriminator" in (union := content["schema"]):
                    schemas[str(name)] = {"title": name, **_without(union, "title")}
                    content["schema"] = reference(str(name))


def _add_discriminators(value: Any, schemas: dict[str, Any]) -> None:
    if isinstance(value, dict):
        if (
            "oneOf" in value
            and "discriminator" not in value
            and (found := _told_by(value, schemas))
        ):
            member, mapping = found
            value["discriminator"] = {"propertyName": member, "mapping": mapping}
            value["description"] = f"Told apart by `{member}`."
        for part in value.values():
            _add_discriminators(part, schemas)
    elif isinstance(value, list):
        for part in value:
            _add_discriminators(part, schemas)


def _told_by(union: Any, schemas: dict[str, Any]) -> tuple[str, dict[str, str]] | None:
    """The member that has another constant in each part of a union, and which part has which."""
    names = [referred(part) for part in union["oneOf"]]
    if None in names:
        return None
    parts = {str(name): schemas[str(name)].get("properties", {}) for name in names}
    first = next(iter(parts.values()))
    for member in first:
        mapping = {
            members[member]["const"]: reference(name)["$ref"]
            for name, members in parts.items()
            if "const" in members.get(member, {})
        }
        if len(mapping) == len(parts):
            return member, mapping
    return None


def _without(schema: Any, name: str) -> Any:
    return {key: value for key, value in schema.items() if key != name}
