"""Forms for somebody who wants a file, or brings one."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.exchange.formats import FORMATS
from cms.exchange.safety import LARGEST_FILE
from cms.languages.registry import get_language
from cms.translation.models import LanguageStatus
from cms.translation.status.overview import kinds

ONLY_CHOICES = (
    ("untranslated", _("What is left to translate")),
    ("outdated", _("What is out of date")),
    ("all", _("Everything")),
)


def format_field() -> forms.ChoiceField:
    """The field for the format of the file."""
    return forms.ChoiceField(
        label=_("Format"), choices=[(name, one.label) for name, one in FORMATS.items()]
    )


def accept_identical_field() -> forms.BooleanField:
    """The field by which somebody says that a file's texts may be as in the source."""
    return forms.BooleanField(
        label=_("Texts that are the same as in the source are so on purpose"), required=False
    )


class FileField(forms.FileField):
    """A file of no more than can be read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses one that is too large, before it is kept."""
        file = super().clean(data, initial)
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file has more than %(limit)d MB. Export less at a time."),
                params={"limit": LARGEST_FILE >> 20},
            )
        return file


class ExportForm(forms.Form):
    """A file with everything of a choice, made in the background."""

    locale = forms.ModelChoiceField(
        label=_("Language"), queryset=Locale.objects.none(), to_field_name="language_code"
    )
    only = forms.ChoiceField(label=_("Texts"), choices=ONLY_CHOICES)
    content_type = forms.ChoiceField(label=_("Type"), required=False)
    under = forms.CharField(
        label=_("Under the page"),
        required=False,
        help_text=_("Its path on the site, /sv/…/: that page and all under it."),
    )
    format = format_field()
    prefill = forms.BooleanField(
        label=_("For programs that translate in place, such as OmegaT"),
        required=False,
        help_text=_("The source's text stands where a translation is missing."),
    )

    def __init__(self, *args: Any, locales: list[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_languages(self, locales)
        used = LanguageStatus.objects.order_by().values_list("source__specific_content_type")
        types = kinds({pk for (pk,) in used.distinct()})
        choices = [(str(kind.content_type), kind.name) for kind in types]
        content_type: Any = self.fields["content_type"]
        content_type.choices = [("", _("All")), *choices]

    def options(self) -> dict[str, Any]:
        """The fields of a ``Selection`` but its language, as JSON has them."""
        chosen = self.cleaned_data["content_type"]
        types = [int(chosen)] if chosen and ContentType.objects.filter(pk=chosen) else None
        return {
            "only": self.cleaned_data["only"],
            "under": self.cleaned_data["under"],
            "content_types": types,
            "prefill": self.cleaned_data["prefill"],
        }


class ImportForm(forms.Form):
    """A file that comes back, read in the background."""

    locale = forms.ModelChoiceField(
        label=_("Language"), queryset=Locale.objects.none(), to_field_name="language_code"
    )
    file = FileField(label=_("File"), help_text=_("XLIFF, PO, XLSX or TMX, as it was exported."))
    dry_run = forms.BooleanField(
        label=_("Trial run: say what would be taken, and change nothing"), required=False
    )
    publish = forms.BooleanField(label=_("Publish the pages that get new texts"), required=False)
    accept_identical = accept_identical_field()

    def __init__(self, *args: Any, locales: list[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_languages(self, locales)


class PageFileForm(forms.Form):
    """A file of one page, read at once."""

    file = FileField(label=_("File"))
    accept_identical = accept_identical_field()


def _offer_languages(form: forms.Form, locales: list[Locale]) -> None:
    field: Any = form.fields["locale"]
    field.queryset = Locale.objects.filter(pk__in=[locale.pk for locale in locales])
    field.label_from_instance = lambda locale: get_language(locale.language_code).name
    if len(locales) == 1:
        field.initial = locales[0].language_code
    field.empty_label = None if len(locales) == 1 else "–"
