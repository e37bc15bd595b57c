"""Puts a side panel of ours beside the form of pages and facts.

Wagtail 8.0.1 has no hook for side panels: each view lists its own. Here a panel that says what is
to be mended stands behind the first one, also in what an automatic save sends back. May go when
side panels can be registered.
"""

from typing import Final

from cms.content.rules.admin.side_panel import with_rules
from cms.upstream.replacement import Replacement, apply_replacements

_VIEWS: Final = {
    "wagtail.admin.views.pages.create:CreateView": (
        "884ed65d9542f0a60f5ddd91a61d5ee38528733071b8cc9cb763f5bdd315e08d"
    ),
    "wagtail.admin.views.pages.edit:EditView": (
        "59a602e3072087ee3f308944d0520ca9f2add0df5b9ea2dff6916a229770f7de"
    ),
    "wagtail.snippets.views.snippets:CreateView": (
        "80f78502c63fcc0824c5dfafba92b6a6e88a60f6543279cb500c1648b1994223"
    ),
    "wagtail.snippets.views.snippets:EditView": (
        "44bfc830d150b352a4b45d9e42ae373e1d137a16ddd9c8e4cda096b95a7ad7ab"
    ),
}


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        *(
            Replacement(f"{view}.get_side_panels", digest, with_rules)
            for view, digest in _VIEWS.items()
        )
    )
