"""What is changed inside wagtail-localize 1.14.5, because no setting or signal reaches it.

``TranslationSource.sync_view_restrictions`` deletes the restriction of a translation whose source
has none, whenever the translation is published: a page that only the Finnish office may read would
be public after the next correction. May go when upstream leaves such a page closed.
"""

from wagtail_localize.models import TranslationSource

from norrbotten.translation.restrictions import sync_view_restrictions


def patch() -> None:
    """Puts ours in the place of upstream's; done once, when Django starts."""
    TranslationSource.sync_view_restrictions = sync_view_restrictions
