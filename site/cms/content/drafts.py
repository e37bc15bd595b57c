"""Words for drafts, which may lack what is asked for when they are published."""

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def without_name(instance: Model) -> str:
    """Name of a draft that has none yet, in the active language: ``Kommun utan namn``.

    Wagtail would show the name of the class.
    """
    return _("%(type)s without a name") % {"type": capfirst(str(instance._meta.verbose_name))}
