"""Finds the place in the tree to which a deleted page comes back, and a free slug there."""

from dataclasses import dataclass, field

from django.apps import apps
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_Node
from wagtail.models import Page

from cms.wastebasket.models import DeletedPage


class CannotComeBack(Exception):
    """Raised for a page that cannot be brought back. The message says why, and the remedy."""


@dataclass(slots=True)
class Place:
    """A place for a page.

    Attributes:
        parent: the page above it.
        is_former: whether that is the page that was above it before.
        path: that with which the paths of all of it begin; free.
        next_to: the sibling to which it is moved then, and the side of that; none where ``path``
            is its place already.
        slug: free among the siblings.
        former_slug: the one that it had.
    """

    parent: Page
    is_former: bool
    path: str
    next_to: tuple[int, str] | None
    slug: str
    former_slug: str
    url_path: str = field(init=False)

    def __post_init__(self) -> None:
        self.url_path = f"{self.parent.url_path}{self.slug}/"


def page_model(deleted: DeletedPage) -> type[Page] | None:
    """The type of a deleted page; none for one that this program no longer knows."""
    try:
        model: type[Page] = apps.get_model(deleted.type)
    except LookupError:
        return None
    return model


def proposed_parent(deleted: DeletedPage) -> Page | None:
    """The page that was above it; else the nearest above that which may have it below itself."""
    model = page_model(deleted)
    former = Page.objects.filter(pk=deleted.parent_id).first()
    if former is not None or model is None or deleted.place is None:
        return former
    for candidate in reversed([*deleted.place.get_ancestors(), deleted.place]):
        if model.can_exist_under(candidate.specific_deferred):
            return candidate
    return None


def find_place(deleted: DeletedPage, parent: Page) -> Place:
    """The place below a page.

    Raises:
        CannotComeBack: it may not stand there.
    """
    model = page_model(deleted)
    if model is None:
        raise CannotComeBack(_("Pages of this type no longer exist."))
    above = parent.specific_deferred
    if parent.depth > 1 and above.locale.language_code != deleted.locale:
        raise CannotComeBack(_("Choose a page in the same language."))
    if not model.can_exist_under(above):
        raise CannotComeBack(
            _("“%(title)s” cannot stand below “%(parent)s”. Choose another page.")
            % {"title": deleted.title, "parent": parent.get_admin_display_title()}
        )
    if not model.can_create_at(above):
        raise CannotComeBack(
            _("There are as many pages of this type as there may be. Delete or move one first.")
        )
    path, next_to = _position(deleted, parent)
    slug = _free_slug(deleted.details["slug"], parent)
    is_former = parent.pk == deleted.parent_id
    return Place(parent, is_former, path, next_to, slug, deleted.details["slug"])


def _position(deleted: DeletedPage, parent: Page) -> tuple[str, tuple[int, str] | None]:
    siblings = dict(
        Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path).values_list(
            "pk", "path"
        )
    )
    last = max(siblings.values(), default=None)
    end = _end(parent, last)
    if parent.pk != deleted.parent_id:
        return end, None
    before = _nearest(deleted.details["before"], siblings)
    behind = _nearest(deleted.details["behind"], siblings)
    path: str = deleted.details["path"]
    is_free = path.startswith(parent.path) and path not in siblings.values()
    is_in_order = (before is None or siblings[before] < path) and (
        behind is None or path < siblings[behind]
    )
    if is_free and is_in_order and len(path) == len(parent.path) + Page.steplen:
        return path, None
    if behind is not None:
        return end, (behind, "left")
    if before is not None and siblings[before] != last:
        return end, (before, "right")
    return end, None


def _nearest(remembered: list[int], there: dict[int, str]) -> int | None:
    return next((pk for pk in remembered if pk in there), None)


def _end(parent: Page, last: str | None) -> str:
    """The path behind the last child of a page."""
    path: str = (
        Page._get_path(parent.path, parent.depth + 1, 1)  # noqa: SLF001 - of treebeard
        if last is None
        else Page(path=last, depth=parent.depth + 1)._inc_path()  # noqa: SLF001
    )
    return path


def _free_slug(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def move_next_to(page_id: int, next_to: tuple[int, str]) -> None:
    """Moves a page that stands last to the side of a sibling, and tells nobody."""
    sibling, side = next_to
    page = Page.objects.get(pk=page_id)
    MP_Node.move(page, Page.objects.get(pk=sibling), pos=side)
