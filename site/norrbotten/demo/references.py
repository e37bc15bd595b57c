"""What the demo's files refer to by name: pages, snippets, images and documents."""

from dataclasses import dataclass, field

from django.db.models import Model
from wagtail.models import Page

from norrbotten.demo.errors import Place


@dataclass(slots=True)
class References:
    """What has been loaded so far, by the name that the files use.

    Attributes:
        pages: Swedish pages by path, such as ``utvecklingsomraden/kultur``.
        snippets: Swedish snippets by model and name: ``("municipality", "2580")``.
        images: images by file name.
        documents: documents by file name.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    snippets: dict[tuple[str, str], Model] = field(default_factory=dict)
    images: dict[str, Model] = field(default_factory=dict)
    documents: dict[str, Model] = field(default_factory=dict)

    def resolve(self, model: type[Model], name: str, place: Place) -> Model:
        """Return the object of ``model`` that a file calls ``name``.

        Raises:
            DemoContentError: nothing goes by that name.
        """
        found: Model | None
        if issubclass(model, Page):
            found = self.pages.get(name)
        elif model._meta.app_label == "content":
            kept = self.images if model._meta.model_name == "contentimage" else self.documents
            found = kept.get(name)
        else:
            found = self.snippets.get((str(model._meta.model_name), str(name)))
        if found is None:
            raise place.error(
                f"There is no {model._meta.model_name} {name!r} in the demo. "
                "Correct the name, or add its file."
            )
        return found
