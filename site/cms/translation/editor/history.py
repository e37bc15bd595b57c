"""The history of a string: what stands there, and what stood there before."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, TranslationContext

from cms.translation.editor.opening import Opened
from cms.translation.editor.saving import person_name
from cms.translation.string_versions import outgoing, versions_of_string
from cms.translation.strings import StringRef


def history_of(opened: Opened, ref: StringRef) -> list[dict[str, Any]]:
    """The versions of a string, the latest first: what stands there now is current.

    Raises:
        Http404: the page has no such string.
    """
    if not TranslationContext.objects.filter(pk=ref.context, object=opened.key).exists():
        raise Http404
    stored = (
        StringTranslation.objects.filter(
            context=ref.context, translation_of=ref.string, locale=opened.locale
        )
        .select_related("last_translated_by")
        .first()
    )
    versions = []
    current = outgoing(stored) if stored is not None else None
    if stored is not None and current is not None:
        versions.append(_entry(current.version(), stored.last_translated_by, is_current=True))
    versions += [
        _entry(version, version.made_by, is_current=False)
        for version in versions_of_string(ref, opened.locale.pk)
    ]
    return versions


def _entry(version: Any, user: Any, *, is_current: bool) -> dict[str, Any]:
    if version.is_machine:
        how = _("machine: %(name)s") % {"name": version.tool}
    else:
        how = version.tool or _("typed")
    return {
        "data": version.data,
        "by": person_name(user),
        "at": version.made_at.isoformat(),
        "how": how,
        "is_current": is_current,
    }
