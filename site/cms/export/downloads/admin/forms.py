"""The form of somebody who wants a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.content.api.delivered_types import delivered_models
from cms.exchange.parallel_texts.tables.columns import heading
from cms.export.downloads.offers import OFFERS, Offer
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.status.overview import kinds


def _language_choices() -> list[tuple[str, Any]]:
    """The languages by their own names; of the source it is said that it is that."""
    return [
        (
            code,
            format_lazy("{} ({})", heading(code), _("source language"))
            if code == SOURCE_LANGUAGE_CODE
            else heading(code),
        )
        for code in LANGUAGES
    ]


class ExportForm(forms.Form):
    """Kind of a file that is made in the background, and what that kind asks."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(name, offer.label) for name, offer in OFFERS.items()],
        widget=forms.RadioSelect,
        initial=next(iter(OFFERS)),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=_language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=_language_choices,
        initial=SOURCE_LANGUAGE_CODE,
        required=False,
        help_text=_("Of names, units and sources. What is not in it comes in its fallback."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none for all."),
    )
    published = forms.BooleanField(
        label=_("Only what readers see"),
        required=False,
        help_text=_("Otherwise drafts of your languages are in the table, and marked."),
    )
    with_media = forms.BooleanField(
        label=_("Images and files too"),
        required=False,
        help_text=_(
            "Those that the documents show, in every size. The file may become large. Without "
            "them the documents have the addresses."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types: Any = self.fields["types"]
        found = {
            content_type.pk
            for content_type in ContentType.objects.get_for_models(*delivered_models()).values()
        }
        types.choices = [(kind.label, kind.name) for kind in kinds(found)]
        self.fields["languages"].help_text = format_html(
            '{} <span data-formats="{}">{}</span> <span data-formats="{}">{}</span>',
            _("Choose none for all."),
            _names(offer for offer in OFFERS.values() if offer.is_parallel),
            _("The source language is always in a table or corpus."),
            _names(
                offer
                for offer in OFFERS.values()
                if "languages" in offer.asks and not offer.is_parallel
            ),
            _(
                "A bundle has the languages that you choose and no other: with the source language "
                "in it, a page that is not translated can be shown in that."
            ),
        )

    def asked(self) -> Iterator[tuple[Any, str]]:
        """Each field, with the names of the kinds that it is for."""
        for field in self:
            yield field, _names(offer for offer in OFFERS.values() if self._is_for(field, offer))

    def clean_language(self) -> str:
        """The source where none is named: most kinds do not ask it."""
        return self.cleaned_data["language"] or SOURCE_LANGUAGE_CODE

    def clean(self) -> dict[str, Any]:
        """Refuses a parallel file with nothing beside the source."""
        data: dict[str, Any] = self.cleaned_data
        offer = OFFERS.get(data.get("format", ""))
        if offer and offer.is_parallel and data.get("languages") == [SOURCE_LANGUAGE_CODE]:
            self.add_error("languages", _("Choose a language beside the source language too."))
        return data

    @cached_property
    def offer(self) -> Offer:
        """The kind that was chosen."""
        return OFFERS[self.cleaned_data["format"]]

    def options(self) -> dict[str, Any]:
        """The choices that the kind of file asks, as JSON has them; nothing for all."""
        return {name: self._chosen(name) for name in sorted(self.offer.asks)}

    def _chosen(self, name: str) -> Any:
        value, field = self.cleaned_data[name], self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            known: Any = field.choices
            in_order = [choice for choice, _label in known if choice in value]
            return [] if len(in_order) == len(list(known)) else in_order
        return value

    @staticmethod
    def _is_for(field: Any, offer: Offer) -> bool:
        return field.name == "format" or field.name in offer.asks


def _names(offers: Iterator[Offer]) -> str:
    return " ".join(offer.kind.value for offer in offers)
