"""Leaves the restrictions of a translation to whoever set them.

``TranslationSource.sync_view_restrictions`` of wagtail-localize 1.14.5 deletes the restriction of a
translation whose source has none, whenever the translation is published, as it was meant to
(wagtail/wagtail-localize#496): a page that only the Finnish office may read would be public after
the next correction. It copies the source's restriction too, which would stay when the source is
opened; a translation is closed with its source without one (see
``translation/lifecycle/closed_pages.py``). Here it does nothing. May go when upstream leaves such a
page closed.
"""

from typing import Any

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail_localize.models:TranslationSource.sync_view_restrictions",
            "e0321e92cb4f62cc09a196a45ff04413b69d82924959f2beeb20d329f07b8a5a",
            lambda _upstreams: leave_restrictions,
        )
    )


def leave_restrictions(source: Any, original: Any, translation: Any) -> None:
    """Changes no restriction."""
