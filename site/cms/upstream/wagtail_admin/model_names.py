"""Names models in the reader's language.

Wagtail 8.0.1 and wagtail-localize 1.14.5 leave some models without a name of their own, so that the
admin calls them by the names of their classes, in English: *9 locales*, *Locale* among a group's
permissions, *Comment → User* in a list of usage. May go when the models have names that are
translated.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, Locale
from wagtail_localize.models import Translation

from cms.upstream.replacement import UpstreamCode, declare

NAMES: Final[tuple[tuple[Any, Any, Any], ...]] = (
    (Locale, _("locale"), _("locales")),
    (Translation, _("translation"), _("translations")),
)
FIELDS: Final[tuple[tuple[Any, str, Any], ...]] = ((Comment, "user", _("user")),)


def apply() -> None:
    """Puts it in. Migrations are made of what a model's class says, which stays as it is."""
    declare(
        UpstreamCode(
            "wagtail.models.i18n:Locale",
            "1293f3e5ccdc92feebeb001ba587b51ff5f5e8ac7de6263ffe4e78e75ad8cbee",
        ),
    )
    for model, name, plural in NAMES:
        model._meta.verbose_name, model._meta.verbose_name_plural = name, plural
    for model, field, name in FIELDS:
        model._meta.get_field(field).verbose_name = name
