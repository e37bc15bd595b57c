"""Links from a finding to its field in the form of a page or fact.

They lead to the label of a field: sections are named by what the field is called in the language in
which the form was first made.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from wagtail.fields import StreamField

from cms.content.rules.findings import Finding
from cms.translation.editor.translation_page import edit_address


def anchor_of(instance: Model, finding: Finding) -> str:
    """The anchor of a finding's field or block, as ``#block-<id>-section``; else empty."""
    return anchor_at(type(instance), finding.path)


def anchor_at(model: type[Model], path: tuple[str, ...]) -> str:
    """The anchor of what a content path leads to in the form of a page or fact; else empty."""
    if not path:
        return ""
    name, *rest = path
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    if isinstance(field, StreamField):
        return f"#block-{rest[0]}-section" if rest else ""
    if isinstance(field, ForeignObjectRel) and not rest:
        return f"#id_{name}-FORMS"
    return f"#id_{'-'.join(path)}-label"


def address_of(instance: Any, finding: Finding) -> str:
    """The address at which a finding's field is edited."""
    return edit_address(instance) + anchor_of(instance, finding)
