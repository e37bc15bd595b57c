"""Facts for a translator on the field of a string."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from cms.translation.lifecycle.slugs import SLUG_PATH

SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of a page, or a block in one.

    Attributes:
        label: where it is in the editor: ``Brödtext › Faktaruta › Text``.
        note: its help text, or what else there is to know.
        max_length: in characters; ``None`` for any length.
        is_plain: whether it holds text without markup.
    """

    label: str
    note: str = ""
    max_length: int | None = None
    is_plain: bool = True


@cache
def field_facts(content_type: int, field_path: str, language: str) -> FieldFacts:
    """The facts of a field path as wagtail-localize writes it, ``body.fact_box.text``.

    Labels and notes are in ``language`` where the catalogues have them.
    """
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    with override(language):
        if field_path == SLUG_PATH:
            note = gettext("The last part of the page's address: letters a–z, digits and hyphens.")
            return FieldFacts(_label(model, field_path), note, 255)
        return _facts(model, field_path.split("."))


def _label(model: Any, name: str) -> str:
    return str(capfirst(str(model._meta.get_field(name).verbose_name)))


def _facts(model: Any, path: list[str]) -> FieldFacts:
    field = model._meta.get_field(path[0])
    if isinstance(field, models.ManyToOneRel):
        row: Any = field.related_model
        inner = _facts(row, path[1:])
        name = capfirst(str(row._meta.verbose_name))
        return FieldFacts(
            f"{name}{SEPARATOR}{inner.label}", inner.note, inner.max_length, inner.is_plain
        )
    label = str(capfirst(str(field.verbose_name)))
    if isinstance(field, StreamField):
        return _block_facts(field.stream_block, path[1:], [label])
    return FieldFacts(
        label, str(field.help_text), field.max_length, not isinstance(field, RichTextField)
    )


def _block_facts(block: Any, path: list[str], labels: list[str]) -> FieldFacts:
    for name in path:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
            continue
        child = getattr(block, "child_blocks", {}).get(name)
        if child is None:
            break
        block = child
        labels.append(str(capfirst(str(block.label))))
    field = getattr(block, "field", None)
    return FieldFacts(
        SEPARATOR.join(labels),
        str(getattr(block.meta, "help_text", "") or getattr(field, "help_text", "") or ""),
        getattr(field, "max_length", None),
        not isinstance(block, blocks.RichTextBlock),
    )
