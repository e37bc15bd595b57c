"""The focal point of an image: in pixels of the upright picture, and inside of it.

A point that lies elsewhere, or has a part missing, is none: it is neither stored with a new file
nor shown.
"""

from typing import Any, Final

from wagtail.images.rect import Rect

FIELDS: Final = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
_SAME_SHAPE: Final = 0.02
"""Share by which the proportions of a corrected picture may differ from those of the former."""


def focal_point_of(image: Any) -> Rect | None:
    """The focal point; ``None`` where there is none inside of the picture."""
    found: Rect | None = image.get_focal_point()
    if found is None:
        return None
    is_inside = 0 <= found.centroid_x <= image.width and 0 <= found.centroid_y <= image.height
    return found if is_inside else None


def scale_focal_point(image: Any, former: tuple[int, int]) -> None:
    """Keeps the focal point at its place in a picture that is measured anew.

    Args:
        former: width and height by which it was measured.
    """
    for axis, before, now in (("x", former[0], image.width), ("y", former[1], image.height)):
        for name in (f"focal_point_{axis}", _EXTENTS[axis]):
            value = getattr(image, name)
            if value is not None and value <= before:
                setattr(image, name, round(value * now / before))


def follow_new_file(image: Any, former: tuple[int, int] | None) -> None:
    """Keeps the focal point in a larger or smaller form of the picture, and drops it in another.

    Args:
        former: width and height of the picture in which it was marked, if that is another.
    """
    if former is not None and all(former) and (image.width, image.height) != former:
        shape = image.width * former[1] / (image.height * former[0])
        if abs(shape - 1) > _SAME_SHAPE:
            image.set_focal_point(None)
        else:
            scale_focal_point(image, former)
    if focal_point_of(image) is None:
        image.set_focal_point(None)


_EXTENTS: Final = {"x": "focal_point_width", "y": "focal_point_height"}
