"""Keeps a translation closed that its source does not close.

``TranslationSource.sync_view_restrictions`` of wagtail-localize 1.14.5 deletes the restriction of a
translation whose source has none, whenever the translation is published, as it was meant to
(wagtail/wagtail-localize#496): a page that only the Finnish office may read would be public after
the next correction. Here a translation is restricted as its source is, and never opened. May go
when upstream leaves such a page closed.
"""

from typing import Any

from wagtail_localize.models import TranslationSource

from cms.translation.lifecycle.view_restrictions import close
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail_localize.models:TranslationSource.sync_view_restrictions",
            "e0321e92cb4f62cc09a196a45ff04413b69d82924959f2beeb20d329f07b8a5a",
            lambda _upstreams: sync_view_restrictions,
        )
    )


def sync_view_restrictions(source: TranslationSource, original: Any, translation: Any) -> None:
    """Restricts a translation as its source is, and never opens one."""
    restriction = original.view_restrictions.first()
    if restriction is not None:
        close(translation, restriction)
