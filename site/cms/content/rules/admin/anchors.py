"""Links from a finding to its field in the form of a page or fact."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import Model
from wagtail.admin.panels import (
    InlinePanel,
    ObjectList,
    Panel,
    PanelGroup,
    TabbedInterface,
    get_edit_handler,
)
from wagtail.fields import StreamField

from cms.content.rules.findings import Finding
from cms.translation.editor.translation_page import edit_address


def anchor_of(instance: Model, finding: Finding) -> str:
    """The anchor of a finding's field or block, as ``#block-<id>-section``; else empty."""
    if not finding.path:
        return ""
    name, *rest = finding.path
    fields = {field.name: field for field in instance._meta.concrete_fields}
    if rest and isinstance(fields.get(name), StreamField):
        return f"#block-{rest[0]}-section"
    place = _sections(type(instance)).get(name)
    return f"#{place}" if place else ""


def address_of(instance: Any, finding: Finding) -> str:
    """The address at which a finding's field is edited."""
    return edit_address(instance) + anchor_of(instance, finding)


@cache
def _sections(model: type[Model]) -> dict[str, str]:
    """The id of the section of each field in the form of a type."""
    own = getattr(model, "get_edit_handler", None)
    panel = own() if own else get_edit_handler(model)
    return dict(_sections_of(panel, "panel"))


def _sections_of(panel: Panel, prefix: str) -> Iterator[tuple[str, str]]:
    if not isinstance(panel, PanelGroup):
        return
    for child, identifier in zip(panel.children, panel.child_identifiers, strict=True):
        if isinstance(panel, TabbedInterface):
            yield from _sections_of(child, f"{prefix}-child-{identifier}")
        elif isinstance(panel, ObjectList):
            for name in _names(child):
                yield name, f"{prefix}-{identifier}-section"


def _names(panel: Panel) -> Iterator[str]:
    """The fields and rows within a panel."""
    if isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from _names(child)
    elif isinstance(panel, InlinePanel):
        yield panel.relation_name
    elif name := getattr(panel, "field_name", None):
        yield name
