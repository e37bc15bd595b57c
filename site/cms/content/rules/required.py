"""Fields and members that must hold something: a draft may lack them, readers would see a hole."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock, ListBlock
from wagtail.models import DraftStateMixin

from cms.content.rules.findings import Fault
from cms.content.rules.registry import refuses
from cms.content.rules.walking import Node, nodes_of


@refuses("required_missing", DraftStateMixin)
def look_for_missing(instance: Any) -> Iterator[Fault]:
    """Finds empty texts, members and lists that a form asks for when something is published."""
    for field in instance._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField) and field.editable and not field.blank
        if is_text and not getattr(instance, field.attname):
            yield Fault(_fill_in(field.verbose_name), (field.name,))
    for node in nodes_of(instance):
        if _is_missing(node):
            yield Fault(_fill_in(node.block.label), node=node)


def _is_missing(node: Node) -> bool:
    block = node.block
    if isinstance(block, ListBlock):
        return len(node.value or ()) < (block.meta.min_num or 0)
    # Not ``block.required``, which Wagtail turns off for everybody while it saves a draft.
    is_required = block._constructor_args[1].get("required", True)  # noqa: SLF001
    return isinstance(block, FieldBlock) and is_required and node.value in (None, "")


def _fill_in(name: Any) -> str:
    return _("Fill in “%(field)s”.") % {"field": capfirst(str(name))}
