"""An image without a description is judged alike, for a page and in its running content."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.content.blocks.image import FigureBlock
from cms.content.rules.pictures import look_for_description, look_for_description_in_block
from cms.content.rules.registry import rules_for
from strategy.models import CulturePage
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.shared_out

CASES = [("A river.", False), ("A river.", True), ("", True), ("", False)]


@pytest.mark.parametrize(("text", "is_decorative"), CASES)
def test_a_page_and_a_block_agree(text: str, is_decorative: bool) -> None:
    block = FigureBlock()
    value = {"image": 1, "alt_text": text, "decorative": is_decorative}
    page = CulturePage(image_id=1, image_alt_text=text, image_decorative=is_decorative)
    found = [
        [fault.place for fault in look_for_description(page)],
        [fault.place for fault in look_for_description_in_block(value)],
    ]
    expected = [] if text or is_decorative else ["image_alt_text", "alt_text"]
    assert found == [[(name,)] for name in expected] if expected else found == [[], []]
    assert rules_for(type(block.child_blocks["image"]))


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
