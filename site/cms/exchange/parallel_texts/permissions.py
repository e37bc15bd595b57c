"""Permissions: drafts of a language are for those who work in it."""

from typing import Any

from wagtail.models import GroupPagePermission

from cms.languages.registry import LANGUAGES
from cms.translation.roles.permissions import translator_locales

_PUBLISH = "publish_page"
_ROOT_DEPTH = 1


def open_languages(user: Any) -> frozenset[str]:
    """Codes of the languages of which a user may see what is not published.

    Those that the user translates into, and those of the pages that the user may publish; all for
    a superuser. Who has none of them makes no exports.
    """
    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(LANGUAGES)
    codes = {locale.language_code for locale in translator_locales(user)}
    for depth, code in GroupPagePermission.objects.filter(
        group__user=user, permission__codename=_PUBLISH
    ).values_list("page__depth", "page__locale__language_code"):
        if depth == _ROOT_DEPTH:
            return frozenset(LANGUAGES)
        codes.add(code)
    return frozenset(codes)


def may_export(user: Any) -> bool:
    """Tells whether a user may make files at all."""
    return bool(open_languages(user))
