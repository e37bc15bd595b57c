"""Pictures, pages, files and addresses that are others in one language than in its source."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.fields import StreamField
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.languages.names import translated_name
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.editor.translation_page import TranslationPage
from cms.translation.fields import field_facts
from cms.translation.lifecycle.overrides import Override, is_link, keep_choices


@dataclass(frozen=True, slots=True)
class Choice:
    """A place at which a language may have a choice of its own.

    Attributes:
        context: id of the place.
        label: where it is in the source's editor, in the language of the admin.
        own: the choice of the language, as wagtail-localize stores it; ``None`` for the source's.
        source: the source's, as it is stored.
    """

    context: int
    label: str
    own: Any
    source: Any
    field: forms.Field

    @property
    def name(self) -> str:
        """The name of its field in a form."""
        return f"choice-{self.context}"

    @property
    def shown_source(self) -> str:
        """The source's choice, as a person knows it."""
        if not isinstance(self.field, forms.ModelChoiceField):
            return str(self.source or "")
        queryset: Any = self.field.queryset
        found = queryset.filter(pk=self.source).first() if self.source else None
        return str(found or "")


def choices_of(translation: Translation) -> Iterator[Choice]:
    """The places of a page or fact at which its translation may show something else.

    Links within a text are not among them: the text's own row has these.
    """
    own = {
        one.context_id: one.data
        for one in SegmentOverride.objects.filter(
            context__object=translation.source.object_id, locale=translation.target_locale
        )
    }
    content_type: int = translation.source.specific_content_type_id
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    segments = OverridableSegment.objects.filter(source=translation.source).order_by("order", "pk")
    for path, field_path, context, data in segments.values_list(
        "context__path", "context__field_path", "context", "data_json"
    ):
        field = None if is_link(path) else form_field(model, field_path or path)
        if field is None:
            continue
        # The field of a block is one for all its forms.
        field = deepcopy(field)
        field.required = False
        language = get_language() or SOURCE_LANGUAGE_CODE
        facts = field_facts(content_type, field_path or path, language)
        yield Choice(context, facts.label, own.get(context), json.loads(data), field)


def has_choices(translation: Translation) -> bool:
    """Tells whether there is any such place."""
    places = OverridableSegment.objects.filter(source=translation.source)
    return bool(places.exclude(context__path__endswith="'").exists())


def form_field(model: type[Any], field_path: str) -> forms.Field | None:
    """A form's field for what stands at a field path; ``None`` where nothing can be chosen."""
    name, *rest = field_path.split(".")
    column: Any = model._meta.get_field(name)
    if isinstance(column, models.ManyToOneRel):
        row: Any = column.related_model
        return form_field(row, ".".join(rest[-1:]))
    found: forms.Field | None
    if not isinstance(column, StreamField):
        found = formfield_for_dbfield(column)
        return found
    block: Any = column.stream_block
    for part in rest:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(part)
    found = getattr(block, "field", None)
    return found


class ChoicesView(TranslationPage):
    """``GET``: a form of all places; ``POST``: keeps the choices, which wait to be published."""

    template_name = "cms_translation/editor/choices.html"

    def get_page_title(self) -> str:
        """The heading."""
        return _("Pictures, pages and addresses")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind the editor."""
        above = {"url": self.editor_url, "label": str(self.instance)}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def choices(self) -> list[Choice]:
        """The places, in the order of the source."""
        return list(choices_of(self.translation))

    @cached_property
    def form(self) -> forms.Form:
        """A field for each place; empty where the source's choice is shown."""
        form = forms.Form(
            self.request.POST if self.request.method == "POST" else None,
            initial={choice.name: choice.own for choice in self.choices},
        )
        for choice in self.choices:
            choice.field.label = choice.label
            if source := choice.shown_source:
                choice.field.help_text = _("In the source: %(choice)s") % {"choice": source}
            form.fields[choice.name] = choice.field
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keeps what was chosen; what is as in the source is no choice."""
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        kept = []
        for choice in self.choices:
            chosen = self.form.cleaned_data[choice.name]
            data = chosen.pk if isinstance(chosen, models.Model) else chosen or None
            data = None if data == choice.source else data
            if data != choice.own:
                kept.append(Override(choice.context, data))
        keep_choices(self.translation, kept, request.user)
        messages.success(request, _("The choices are kept. Publish, and readers see them."))
        response: HttpResponse = redirect(self.editor_url)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, and whose choices they are."""
        return super().get_context_data(
            form=self.form,
            media=self.form.media,
            language_name=translated_name(self.translation.target_locale.language_code),
            source_name=translated_name(self.translation.source.locale.language_code),
            action_url=reverse("cms_translation:editor_choices", args=[self.translation.pk]),
            **kwargs,
        )
