"""Changes inside wagtail-localize 1.14.5, because no setting or signal reaches it.

``TranslationSource.sync_view_restrictions`` deletes the restriction of a translation whose source
has none, whenever the translation is published: a page that only the Finnish office may read would
be public after the next correction. May go when upstream leaves such a page closed.

``TranslationSource.refresh_segments`` asks the database seven times for each text of a page, at
each publication. May go when upstream fetches what it knows at once.

``extract_strings`` takes more than a millisecond for 5 kB, and is asked for the same texts two or
three times while a page is published. May go when it is quick.
"""

from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import extract

from cms.translation.lifecycle.view_restrictions import sync_view_restrictions
from cms.translation.sources.cached_extract_strings import cached_extract_strings
from cms.translation.sources.segments import refresh_segments


def patch() -> None:
    """Puts ours in the place of upstream's; done once, when Django starts."""
    TranslationSource.sync_view_restrictions = sync_view_restrictions
    TranslationSource.refresh_segments = refresh_segments
    extract.extract_strings = cached_extract_strings
