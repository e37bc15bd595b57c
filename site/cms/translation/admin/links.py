"""Links that other rooms add to the translators' pages.

A function that is registered for the hook ``register_translation_links`` is given the request and
returns a :class:`TranslationLink`, or ``None`` where there is none for the user. On the list of
pages the request's query names the filters.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail import hooks

HOOK = "register_translation_links"


@dataclass(frozen=True, slots=True)
class TranslationLink:
    """A button's target."""

    label: str
    url: str


def translation_links(request: HttpRequest) -> list[TranslationLink]:
    """The registered links, in their order."""
    links = (function(request) for function in hooks.get_hooks(HOOK))
    return [link for link in links if link is not None]
