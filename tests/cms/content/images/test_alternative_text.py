"""An image without alternative text is refused alike, for a page and in its running content."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cms.content.blocks.image import FigureBlock
from cms.content.images.alternative_text import require_alternative_text
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.shared_out

CASES = [("A river.", False), ("A river.", True), ("", True), ("", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "is_decorative"), CASES)
def test_a_page_and_a_block_agree(text: str, is_decorative: bool) -> None:
    block = FigureBlock()
    value = block.to_python(
        {"image": {"image": ImageFactory().pk, "alt_text": text, "decorative": is_decorative}}
    )
    refused = []
    try:
        require_alternative_text("image_alt_text", text, is_decorative=is_decorative)
    except ValidationError as error:
        refused.append(list(error.error_dict))
    try:
        block.clean(value)
    except ValidationError as error:
        refused.append(list(error.as_json_data()["blockErrors"]["image"]["blockErrors"]))  # type: ignore[attr-defined]
    assert refused == ([] if text or is_decorative else [["image_alt_text"], ["alt_text"]])


@pytest.mark.django_db
def test_nothing_is_said_of_an_image_but_what_somebody_wrote(admin_client: Client) -> None:
    image = ImageFactory(title="IMG_4711")
    chosen = reverse("wagtailimages_chooser:chosen", args=[image.pk])

    def offered() -> str:
        return str(admin_client.get(chosen).json()["result"]["default_alt_text"])

    assert offered() == ""
    image.description = image.filename
    image.save()
    assert offered() == ""
    image.description = "En älv mellan fjäll."
    image.save()
    assert offered() == "En älv mellan fjäll."
    assert FigureBlock().to_python({"image": image.pk})["image"].contextual_alt_text != "IMG_4711"
