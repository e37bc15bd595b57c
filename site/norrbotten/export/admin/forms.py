"""What to ask somebody who wants a file."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from norrbotten.content.api.documents import delivered_models
from norrbotten.export.forms import FORMS
from norrbotten.export.parallel.strings import TARGET_LANGUAGES
from norrbotten.export.tables.columns import heading
from norrbotten.translation.overview import kinds


class ExportForm(forms.Form):
    """Languages, types and form of a file that is made in the background."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(form.name, form.label) for form in FORMS.values()],
        widget=forms.RadioSelect,
        initial=next(iter(FORMS)),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[(code, heading(code)) for code in TARGET_LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Beside the source, which is always there. Choose none for all."),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types: Any = self.fields["types"]
        found = {
            content_type.pk
            for content_type in ContentType.objects.get_for_models(*delivered_models()).values()
        }
        types.choices = [(kind.label, kind.name) for kind in kinds(found)]

    def options(self) -> dict[str, Any]:
        """What was chosen, as JSON has it; all languages by their names."""
        chosen = self.cleaned_data["languages"]
        return {
            "languages": [code for code in TARGET_LANGUAGES if not chosen or code in chosen],
            "types": self.cleaned_data["types"],
            "published": self.cleaned_data["published"],
        }
