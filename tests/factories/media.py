"""Images and files."""

import factory
import wagtail_factories
from wagtail.models import Collection

from cms.content.images.renditions import make_renditions
from cms.content.models import ContentDocument, ContentImage


class ImageFactory(wagtail_factories.ImageFactory):
    """A small image: every rendition is made of it, since none is enlarged."""

    title = "Bild"
    credit = "Elsa Niemi, CC BY"
    file = factory.django.ImageField(filename="bild.png", format="PNG", width=32, height=20)
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = ContentImage
        skip_postgeneration_save = True

    @factory.post_generation
    def renditions_made(
        self: ContentImage, create: bool, is_wanted: bool | None, **kwargs: object
    ) -> None:
        """Makes its renditions, as the worker does after an upload."""
        if create and is_wanted is not False:
            make_renditions(self)


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file of a few bytes."""

    title = "Handling"
    file = factory.django.FileField(filename="handling.pdf", data=b"%PDF-1.4")
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = ContentDocument
