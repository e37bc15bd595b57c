"""Which types of pages and snippets there are to choose from."""

from norrbotten.content.api.documents import delivered_models


class UnknownType(LookupError):
    """There is no such type of page or snippet."""

    def __init__(self, label: str, known: list[str]) -> None:
        super().__init__(f"Unknown type {label!r}. The types are: {', '.join(known)}.")


def chosen_types(labels: list[str] | None) -> tuple[str, ...]:
    """The labels of types, each once; empty for all.

    Raises:
        UnknownType: a label is of no type that other sites get.
    """
    known = [model._meta.label for model in delivered_models()]
    for label in labels or ():
        if label not in known:
            raise UnknownType(label, known)
    return tuple(dict.fromkeys(labels or ()))
