"""Work that nobody who uploads a picture waits for."""

from django_tasks import task

from cms.content.images.renditions import make_for_admin, make_renditions
from cms.content.models import ContentImage


@task(backend="background")
def make_renditions_of(image_id: int) -> int:
    """Makes every rendition of an image; returns the number of those that documents show.

    An image that is gone by then has none.
    """
    image = ContentImage.objects.filter(pk=image_id).first()
    if image is None:
        return 0
    made = make_renditions(image)
    make_for_admin(image)
    return len(made)
