"""Looks up labels that are made of a name.

A field of a form, a column and a block for which nobody wrote a label get the name that they have
in the code. Django 5.2.19 and Wagtail 8.0.1 show that in English to everybody: *Link text* where a
link is made, *Locale* in choosers, *Image* in a block. Here it is looked up in the catalogues.
May go when those fields have labels that are translated.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from cms.upstream.replacement import Replacement, apply_replacements

PRETTY_NAME: Final = "django.forms.boundfield:pretty_name"
JS_ARGS: Final = "wagtail.blocks.field_block:FieldBlockAdapter.js_args"
COLUMN: Final = "wagtail.admin.ui.tables:Column.__init__"

TEXTS: Final = (
    gettext_noop("Body"),
    gettext_noop("Email address"),
    gettext_noop("Image"),
    gettext_noop("Link text"),
    gettext_noop("Locale"),
    gettext_noop("Page"),
    gettext_noop("Phone number"),
    gettext_noop("Port"),
    gettext_noop("Role"),
    gettext_noop("Root page"),
    gettext_noop("Site name"),
    gettext_noop("Subject"),
)
"""The labels of Wagtail that are made in this way, for our catalogues."""


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            PRETTY_NAME,
            "1d5859b55ef4ddde7ecde97c4eaa87d0f4f6dd9415643a3620470e61a38d36c7",
            looked_up,
        ),
        Replacement(
            COLUMN, "9cd220087a1efe01e9b55d27bf2a5e4aa3937559ae7fef8762281896e1f46998", with_text
        ),
        Replacement(
            JS_ARGS, "5e43dfee57ce4c61fed89d9bac08d5107bfc20ed1775ca1f0c41847236cffe52", with_label
        ),
    )


def looked_up(pretty_name: Callable[[str], str]) -> Callable[[str], str]:
    """The making of a field's label, in the reader's language."""

    @wraps(pretty_name)
    def make_label(name: str) -> str:
        return _text(pretty_name(name))

    return make_label


def with_text(initialise: Callable[..., None]) -> Callable[..., None]:
    """The making of a column, whose heading is in the reader's language."""

    @wraps(initialise)
    def make_column(column: Any, name: str, label: Any = None, *args: Any, **kwargs: Any) -> None:
        initialise(column, name, label, *args, **kwargs)
        if label is None and column.label:
            column.label = gettext_lazy(column.label)

    return make_column


def with_label(js_args: Callable[[Any, Any], list[Any]]) -> Callable[[Any, Any], list[Any]]:
    """The description of a block for the editor's script, in the reader's language."""

    @wraps(js_args)
    def describe(adapter: Any, block: Any) -> list[Any]:
        name, widget, meta = js_args(adapter, block)
        if not block.meta.label:
            meta["label"] = _text(str(meta["label"]))
        return [name, widget, meta]

    return describe


def _text(text: str) -> str:
    # An empty text stands for the head of a catalogue.
    return gettext(text) if text else ""
