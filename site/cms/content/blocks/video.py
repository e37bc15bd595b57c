"""A film that lies elsewhere, and how to play it without asking that place first."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.embeds.finders.base import EmbedFinder

from cms.content.api.streams.values import Computed
from cms.content.blocks.films import find_film
from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.field_notes import Note


class PlayerFinder(EmbedFinder):
    """Recognises a film by its address alone.

    Wagtail's own finder asks the provider while the editor saves, so that a page cannot be
    saved when the provider is slow, gone or not reachable from the server.
    """

    def accept(self, url: str) -> bool:
        """Tells whether the address is one of a known provider."""
        return find_film(url) is not None

    def find_embed(
        self, url: str, max_width: int | None = None, max_height: int | None = None
    ) -> dict[str, object]:
        """Finds Wagtail's record of the film; width and height in pixels."""
        film = find_film(url)
        if film is None:
            raise ValueError(f"No player is known for {url}.")
        return {
            "title": "",
            "author_name": "",
            "provider_name": film.provider,
            "type": "video",
            "thumbnail_url": None,
            "width": max_width or 960,
            "height": max_height or 540,
            "html": f'<iframe src="{film.player}" allowfullscreen></iframe>',
        }


def player_address(video: dict[str, Any]) -> str | None:
    """The address of the player of a represented video."""
    film = find_film(video["url"])
    return film.player if film else None


class FilmAddressBlock(EmbedBlock):
    """The address of a film; see :mod:`cms.content.rules.films`."""

    def clean(self, value: Any) -> Any:
        """Takes any address: whether a film can be played from it is asked when it is published."""
        # Not the parent's, which refuses what no provider knows.
        return super(EmbedBlock, self).clean(value)


class VideoBlock(blocks.StructBlock):
    """A film with its title and, where somebody speaks, what is said."""

    url = FilmAddressBlock(
        label=_("Address"), help_text=_("The address of the film at YouTube or Vimeo.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    transcript = ParagraphBlock(
        label=_("Transcript"),
        required=False,
        help_text=_("What is said, for those who cannot hear it and those who would rather read."),
    )

    notes: ClassVar = {
        "url": Note(example="https://vimeo.com/76979871"),
        "title": Note("Title of the film.", "A day at the mill"),
        "transcript": Note("What is said in the film, as HTML; empty where nobody speaks."),
    }

    computed_fields: ClassVar = {
        "player_url": Computed(
            str | None,
            player_address,
            Note(
                "The provider's player, without cookies; null where the provider is not known.",
                "https://player.vimeo.com/video/76979871",
            ),
        )
    }

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        template = "content/blocks/video.html"
