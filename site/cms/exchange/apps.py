"""Files for translators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Files for translators' own tools, out and in."""

    name = "cms.exchange"
    verbose_name = _("Files for translators")
