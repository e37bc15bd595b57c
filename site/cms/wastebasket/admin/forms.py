"""The form by which a deleted page is brought back."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.languages.names import display_name
from cms.wastebasket.models import DeletedPage

AS_IT_WAS: Final = "as_it_was"
AS_DRAFTS: Final = "drafts"


class BringBackForm(forms.Form):
    """The question in which state it comes back, and below which page where that is not sure.

    Without a question it is one button.
    """

    def __init__(
        self,
        *arguments: Any,
        deleted: DeletedPage,
        parent: Page | None,
        may_publish: bool,
        others: Sequence[DeletedPage] = (),
        **keywords: Any,
    ) -> None:
        super().__init__(*arguments, **keywords)
        if parent is None or parent.pk != deleted.parent_id:
            self.fields["parent"] = forms.ModelChoiceField(
                Page.objects.all(),
                label=_("Below which page"),
                initial=parent,
                widget=AdminPageChooser(user_perms="copy_to"),
            )
        if may_publish and (deleted.details["live"] or deleted.details["scheduled"]):
            self.fields["state"] = forms.ChoiceField(
                label=_("What was published"),
                choices=[
                    (AS_IT_WAS, _("is published again")),
                    (AS_DRAFTS, _("comes back as a draft")),
                ],
                initial=AS_IT_WAS,
                widget=forms.RadioSelect,
            )
        if others:
            self.fields["others"] = forms.MultipleChoiceField(
                label=_("Bring back too"),
                choices=[
                    (other.pk, f"{other.title} ({display_name(other.locale)})") for other in others
                ],
                initial=[other.pk for other in others],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def is_as_drafts(self) -> bool:
        """Tells whether it comes back as drafts; so it does for who may not publish."""
        return bool(self.cleaned_data.get("state") != AS_IT_WAS)
