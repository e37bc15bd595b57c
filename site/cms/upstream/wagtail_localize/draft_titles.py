"""Lists a page in the admin under a translated title that can be one.

wagtail-localize 1.14.5 makes any text that is entered for a title the page's draft title, as it is
stored: with ``&amp;``, with tags, or longer than the column, on which PostgreSQL ends the request
in an error. Here the draft title is what a person reads, and a text with an error leaves it as it
was. May go when upstream's receiver looks at the error first and takes the text without markup.
"""

from typing import Any, Final

from django.db.models.signals import post_save
from wagtail.models import Page

from cms.translation.fragments import plain_text
from cms.upstream.replacement import UpstreamCode, declare

RECEIVER: Final = UpstreamCode(
    "wagtail_localize.models:post_save_string_translation",
    "9ffe5f167c48367ba6ce02c3b4d075b1a74edf3bee1fb2b5f5fc9ebef53e4ab7",
)
TITLE_PATH: Final = "title"


def apply() -> None:
    """Puts it in, behind the receiver that judges the text."""
    from wagtail_localize.models import StringTranslation

    declare(RECEIVER)
    post_save.disconnect(RECEIVER.original(), sender=StringTranslation)
    post_save.connect(show_title, sender=StringTranslation)


def show_title(instance: Any, **kwargs: Any) -> None:
    """Shows the title of a page in a language, if the text is one."""
    context = instance.context
    if context is None or context.path != TITLE_PATH or instance.has_error:
        return
    Page.objects.filter(translation_key=context.object_id, locale=instance.locale_id).update(
        draft_title=plain_text(instance.data)
    )
