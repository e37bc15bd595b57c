"""The demo's groups and their permissions, as a region would set them up.

To read first: ``editor_groups``. ``access.py`` applies them. Each language has its translators'
group already: see :mod:`cms.translation.roles.groups`.
"""

from dataclasses import dataclass
from typing import Final

EDITORS: Final = "Editors"
PUBLISHERS: Final = "Publishers"

WAGTAIL_NAMES: Final = {PUBLISHERS: "Moderators"}
"""Groups that Wagtail makes under another name. Renaming keeps Wagtail's approval workflow, which
asks that group, pointing to the people who publish."""

SNIPPETS: Final = ("municipality", "programme", "perspective", "organisation", "indicator")


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """A group: what its members may do, and nothing else.

    Attributes:
        name: the group's name.
        language: under the start page of which language its page permissions hold.
        pages: what it may do with pages there: ``add``, ``change``, ``publish`` (and unpublish),
            ``bulk_delete`` (a page with the pages under it).
        snippets: what it may do with every kind of snippet: ``add``, ``change``, ``publish``,
            ``delete``; in that language alone.
        media: what it may do with all images and documents: ``add``, ``change``, ``choose``.
        others: further permissions, as ``app_label.codename``.
    """

    name: str
    language: str
    pages: tuple[str, ...]
    snippets: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    others: tuple[str, ...] = ("wagtailadmin.access_admin",)


def editor_groups() -> tuple[GroupDefinition, ...]:
    """Return the groups of those who write in Swedish.

    Editors write, publishers let it out: somebody who may do both is a member of both.
    """
    return (
        GroupDefinition(
            name=EDITORS,
            language="sv",
            pages=("add", "change"),
            snippets=("add", "change"),
            media=("add", "change", "choose"),
            others=("wagtailadmin.access_admin", "home.change_sitesettings"),
        ),
        GroupDefinition(
            name=PUBLISHERS,
            language="sv",
            pages=("add", "change", "publish", "bulk_delete"),
            snippets=("add", "change", "publish", "delete"),
            media=("add", "change", "choose"),
            others=(
                "wagtailadmin.access_admin",
                "wagtail_localize.submit_translation",
                "home.change_sitesettings",
                "home.publish_sitesettings",
            ),
        ),
    )
