"""Definitions of a document's parts in the model: label, choices, what lies below.

A definition is a model, a model's field or a block, whichever defines that part; ``None`` where
none does, as for what the API adds of its own.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail import blocks
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField

from cms.content.field_notes import Note, NotedField

Definition = Any


def member(definition: Definition, name: str) -> Definition:
    """The definition of a named member of an object."""
    if isinstance(definition, blocks.BaseStructBlock):
        return definition.child_blocks.get(name)
    # A chosen snippet or page is shown with fields of its own.
    model = _target(definition)
    if model is None:
        return None
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return _note(model, name)


def _note(model: type[models.Model], name: str) -> Note | None:
    """The note of a field that is computed."""
    fields = APIField.get_fields_for_model(model)
    noted = (each for each in fields if isinstance(each, NotedField) and each.name == name)
    return next((each.note for each in noted), None)


def item(definition: Definition) -> Definition:
    """The definition of each item of a list that is no stream."""
    if isinstance(definition, blocks.ListBlock):
        return definition.child_block
    if isinstance(definition, models.ForeignObjectRel):
        return definition.related_model
    return definition


def stream_blocks(definition: Definition) -> dict[str, blocks.Block]:
    """The blocks of a stream by type; none for anything else."""
    stream = definition.stream_block if isinstance(definition, StreamField) else definition
    children: dict[str, blocks.Block] = (
        stream.child_blocks if isinstance(stream, blocks.BaseStreamBlock) else {}
    )
    return children


def label(definition: Definition) -> Any:
    """The admin's label for it, still to be translated; empty where nothing is said."""
    return getattr(definition, "label", None) or getattr(definition, "verbose_name", "")


def choice_label(definition: Definition, value: Any) -> Any:
    """The label of a stored choice, still to be translated; ``None`` if it is no choice."""
    if isinstance(definition, blocks.ChoiceBlock):
        choices = definition.field.choices
    elif isinstance(definition, Note):
        choices = definition.choices
    else:
        # A field that holds several choices names them in ``item_choices``.
        choices = getattr(definition, "flatchoices", None) or getattr(
            definition, "item_choices", ()
        )
    return dict(choices).get(value) if isinstance(value, str | int) else None


def is_rich_text(definition: Definition) -> bool:
    """Tells whether the text is HTML."""
    return isinstance(definition, RichTextField | blocks.RichTextBlock)


def is_date(definition: Definition) -> bool:
    """Tells whether the text is a date."""
    return isinstance(definition, models.DateField | blocks.DateBlock)


def is_address(definition: Definition) -> bool:
    """Tells whether the text is a web address."""
    return isinstance(definition, models.URLField | blocks.URLBlock)


def is_email(definition: Definition) -> bool:
    """Tells whether the text is an e-mail address."""
    return isinstance(definition, models.EmailField | blocks.EmailBlock)


def _target(definition: Definition) -> type[models.Model] | None:
    if isinstance(definition, type):
        return definition
    if isinstance(definition, blocks.ChooserBlock):
        target: type[models.Model] = definition.target_model
        return target
    return getattr(definition, "related_model", None)
