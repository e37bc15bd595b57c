"""Work that an editor need not wait for, where a worker runs."""

from django_tasks import task

from cms.content.images.renditions import make_renditions
from cms.content.models import ContentImage


@task()
def make_renditions_of(image_id: int) -> int:
    """Makes every rendition of an image before anybody asks for one; returns their number.

    An image that is gone by then has none.
    """
    image = ContentImage.objects.filter(pk=image_id).first()
    return len(make_renditions(image)) if image else 0
