"""The rows of values in an indicator's form."""

from typing import Any

from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class ValuesFormSet(BaseChildFormSet):
    """Says in plain words what two values of one day would be told of by names of fields."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        """The message above the values; the only thing that must be unique is the date."""
        return _("Two values have the same date. Change one of the dates, or remove one value.")


class ValuesPanel(InlinePanel):
    """The panel of the values."""

    def get_form_options(self) -> dict[str, Any]:
        """Adds the class of the rows."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = ValuesFormSet
        return options
