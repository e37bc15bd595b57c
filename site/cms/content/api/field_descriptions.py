"""The schema's notes on each field, gathered here from where the field is defined.

The description is the note beside the field, else its help text; the example is that of the note,
else of the field's class (``api_example``), else its first choice, else that of its kind.
A field whose type is a relation, an image, a file or blocks needs none: those have their own.
"""

from typing import Any, Literal

from django.db import models
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import RichTextField

from cms.content.api.choice_labels import labelled
from cms.content.field_notes import Note

EXAMPLES: dict[type[Any], Any] = {
    models.DateTimeField: "2027-01-15T08:30:00Z",
    models.DateField: "2027-01-15",
    models.BooleanField: False,
    models.EmailField: "anna@example.org",
    models.URLField: "https://www.example.org/",
    RichTextField: '<p>Read about <a href="/en/development-areas/culture/">culture</a>.</p>',
}
"""By kind of model field, for blocks too; none where only the meaning tells what a value may be."""


def note_of(field: Any) -> Note:
    """The schema's note on a field of a model, or on what points to the model."""
    own = _own_note(field)
    return Note(
        own.description or str(getattr(field, "help_text", "") or ""),
        _example(field) if own.example is ... else own.example,
    )


def describe(schema: Any, notes: dict[str, Note]) -> Any:
    """The schema, with what the notes say about its fields."""
    for name, note in notes.items():
        if name in schema.model_fields:
            information = schema.model_fields[name]
            information.description = note.description or information.description
            if note.example is not ...:
                information.examples = [note.example]
            if note.choices:
                # Wagtail takes whatever is computed for something that may be null.
                information.annotation = Literal[tuple(value for value, _label in note.choices)]
                information.json_schema_extra = labelled(note.choices)
    # Pydantic takes these over when it makes the schema, which it may have done already.
    if schema.__pydantic_complete__:
        schema.model_rebuild(force=True)
    return schema


def describe_schema(schema: Any, model: type[models.Model]) -> Any:
    """The schema that Wagtail made of a model, with what is said about the model and its fields."""
    schema.__doc__ = (model.__doc__ or "").split("\n")[0]
    return describe(schema, field_notes(model))


def field_notes(model: type[models.Model]) -> dict[str, Note]:
    """The schema's notes on the fields that the API serves of a model, by name."""
    return {
        each.name: note_of(get_model_field(model, each.name))
        if each.serializer is None
        else getattr(each, "note", Note())
        for each in APIField.get_fields_for_model(model)
    }


def _own_note(field: Any) -> Note:
    name = field.get_accessor_name() if isinstance(field, models.ForeignObjectRel) else field.name
    for each in APIField.get_fields_for_model(field.model):
        if each.name == name:
            note: Note = getattr(each, "note", Note())
            return note
    return Note()


def _example(field: Any) -> Any:
    if (stated := getattr(field, "api_example", None)) is not None:
        return stated
    if choices := getattr(field, "flatchoices", None):
        return choices[0][0]
    return next((EXAMPLES[kind] for kind in type(field).__mro__ if kind in EXAMPLES), ...)
