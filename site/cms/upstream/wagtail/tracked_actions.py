"""Makes a change of a page and the documents that show it one transaction.

``execute`` of Wagtail 8.0.1's actions (publish, unpublish, move, copy, delete, …) writes a page,
then its log, then tells of it, each in a transaction of its own where the caller has opened none,
as ``publish_scheduled`` has not (wagtail/wagtail#7556). ``save`` of Wagtail's and wagtail-localize
1.14.5's models tells of what it has stored when that is committed already, or before the addresses
below it are stored. A machine that stops in between would leave a live page without its document;
no hook or signal reaches around it. Here each is one transaction, at whose end the documents
follow. May go when the actions are atomic upstream and the documents can follow before they commit.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.tracking.transaction import tracked
from cms.upstream.replacement import Replacement, apply_replacements
from cms.upstream.wagtail.page_position import ADD_CHILD_DIGEST, SAVE_DIGEST, executed_actions

_DJANGO_SAVE: Final = "6ece39ca6d329d4edfdd4937a197bda15e2bd90b095c889f25dd07b923963641"
_DJANGO_DELETE: Final = "2ce5ebcdb1bbfcd0e92875cb79553c6e19416281c35227b76350e2fda07cd305"
_IMPORT_DIGEST: Final = "768c566662547ffe85465512b6bf15f8b1d4771f6957d46a4ae25e497821f9fd"

_METHOD_DIGESTS: Final = {
    "wagtail.models:Page": (
        SAVE_DIGEST,
        "6872f31688b1b509dc48fd333e827d8c69bde373c7950beccc9a145302295d86",
    ),
    "wagtail.models:Collection": (
        _DJANGO_SAVE,
        "6ecff3b96c3bdd2548122ef46a5981585c0743fbbff22cccffd752890094c56a",
    ),
    "wagtail.models:CollectionViewRestriction": (_DJANGO_SAVE, _DJANGO_DELETE),
    "wagtail.models:PageViewRestriction": (
        "4c2bf20162e105307d41c1ce87b30e18db0ad0283028d1c0abdd679a7bcaa5ee",
        "0ebee734f5e1cdc828943ac139d8d8c067f441c480277639d07a2763c92d6918",
    ),
    "wagtail.models:Locale": (
        _DJANGO_SAVE,
        "417619c5dfedc27f5126ca6195cf0332e6724df58c1a3dc2a450d46ecc83094b",
    ),
    "wagtail.models:Site": (_DJANGO_SAVE, _DJANGO_DELETE),
    "wagtail.contrib.redirects.models:Redirect": (_DJANGO_SAVE, _DJANGO_DELETE),
    "wagtail_localize.models:StringTranslation": (
        "3e5d24e8b277d6f632d9ef9c7d651d45ff66a1fc62dd6410f9ba5508b03648c6",
        _DJANGO_DELETE,
    ),
    "wagtail_localize.models:Translation": (_DJANGO_SAVE, _DJANGO_DELETE),
}
"""Of ``save`` and ``delete`` of upstream's models that show in documents."""


def apply() -> None:
    """Wraps everything that changes something."""
    targets = {
        "wagtail.models:Page.add_child": ADD_CHILD_DIGEST,
        # A file of a thousand redirects is one change, not a thousand.
        "wagtail.contrib.redirects.views:create_redirects_from_dataset": _IMPORT_DIGEST,
        **dict(executed_actions()),
    }
    for model, (save, delete) in _METHOD_DIGESTS.items():
        targets |= {f"{model}.save": save, f"{model}.delete": delete}
    apply_replacements(
        *(Replacement(target, digest, tracked) for target, digest in targets.items())
    )
    for own in _own_models():
        own.save, own.delete = tracked(own.save), tracked(own.delete)
    images: Any = ContentImage
    images.store_renditions = tracked(images.store_renditions)


def _own_models() -> Iterator[Any]:
    """Images, files, snippets and rows of pages: see ``delivery/tracking/signals.py``."""
    yield from (ContentImage, ContentDocument)
    for model in apps.get_models():
        is_snippet = issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin)
        is_row = any(isinstance(field, ParentalKey) for field in model._meta.local_fields)
        if (is_snippet or is_row) and not issubclass(model, Page):
            yield model
