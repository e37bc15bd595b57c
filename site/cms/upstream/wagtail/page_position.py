"""Stores a page where it is now in the tree, and not where it was when somebody read it.

Wagtail 8.0.1 and treebeard 5.3.1 read a page's path, and write it again with everything else, when
the page is published or moved. Who had read the page before another moved it (or renamed, or
filled, what is above it) put it back, and left what was below it without a parent. Here a page is
given the place that it has now before it is stored, while the sequence is locked (see
``tracked_actions.py``), which is what editors queue on. May go when paths are no longer written by
``save`` upstream.
"""

from collections.abc import Iterator
from functools import wraps
from typing import Any, Final

from django.db import connection
from wagtail import actions
from wagtail.models import Page

from cms.upstream.replacement import Replacement, apply_replacements

# Written out: every page that is saved asks for it, and Django takes ten times as long to write it
# as a database to answer it.
_FIND_PLACE: Final = """
    SELECT page.path, page.depth, page.numchild, page.url_path, parent.url_path
    FROM wagtailcore_page page
    LEFT JOIN wagtailcore_page parent
        ON parent.path = SUBSTR(page.path, 1, LENGTH(page.path) - %s)
    WHERE page.id = %s
"""
_OF_ADDRESSES: Final = frozenset({"slug", "url_path"})
_OF_ACTIONS: Final = ("object", "page", "parent", "target", "to")
"""The names under which actions hold their pages."""

SAVE_DIGEST: Final = "2864352d83dbd742df23d2bd97cec9b0233c476c9bcc899b4baeb3ffd35670cf"
ADD_CHILD_DIGEST: Final = "7b6cdcfc903f8d6682deb425d439c0e978883747f291817cebdd7640d826ff03"

_EXECUTE_DIGESTS: Final = {
    "Base": "f14d5e63fb0b33781ffff871d8533c693d4e9e41a23be8e18ec099e6d641d6f2",
    "ConvertAliasPage": "2993a6c35ea71e64c8bca4b52ee7e310d93da43c8f2caa99226d90e706292505",
    "CopyForTranslation": "dcc9ccb380e118f5040f810e4bcc711658c70abaa1dfb1a20a3b41d7cc5aad34",
    "CopyPage": "06c57ac8db61c0f70f8547c93bfeeac16462bc044a0f581dcb6660c04000435c",
    "CopyPageForTranslation": "4831d689145a5bed04a561dc95b5b2d3dc831abae611aec35a92794802374120",
    "Create": "0b29522c153aadb195b5bcbcc6cb321d4ff79c1bebc9323e3dca5a39af2119eb",
    "CreatePageAlias": "cb77ec8525b040f834e405c9be816b9d5355f50bd623a4e4993d7cb2458737d8",
    "Delete": "241246869bb9b9ed777a77ffd6fee635f93034214f35456d53d2ff1c0ba152ad",
    "DeletePage": "9d144086f98bfbce349a89b5d6843461ba0c7384924f95b63bdfbb40f4549605",
    "Edit": "2cb252ac7a97a09cc6f0ab8e92e9f62b92bf5bf1b7314952a5f7298a90b9115f",
    "MovePage": "8b596d5412869f38d0ee28b88edf82359e5032f4fd50cd791bd1131d37d4771a",
    "PublishRevision": "cd87b11b191631dc68d4d3493abb2d33c747cbd1c774078d42395acd278f93ae",
    "RevertToRevision": "904ad67cd60e7b6a51e28be8f4d5133acb3e954b7805028e3941a8f14a2a9e19",
    "Unpublish": "3314f53361ab55312881381c5cccf0411dc7aa978f6814068633ba05e479f583",
    "UnpublishPage": "fb18f284468c362c9edd6861509c1dd57db6aa57bdc2a4e5c5109d3d4895a34e",
}
"""Of the ``execute`` of each action that has one of its own, by its name without *Action*."""


def apply() -> None:
    """Puts it in, before what locks the sequence is put around it."""
    apply_replacements(
        Replacement("wagtail.models:Page.save", SAVE_DIGEST, _preceded_by(refresh_before_saving)),
        Replacement("wagtail.models:Page.add_child", ADD_CHILD_DIGEST, _preceded_by(refresh_place)),
        *(
            Replacement(target, digest, _preceded_by(refresh_places))
            for target, digest in executed_actions()
        ),
    )


def executed_actions() -> Iterator[tuple[str, str]]:
    """The ``execute`` of each action of Wagtail that has one of its own, with its digest.

    One that is new in Wagtail is among them, without a digest, which a test then asks for.
    """
    names = {
        name.removesuffix("Action")
        for name in actions.__all__
        if "execute" in vars(getattr(actions, name))
    }
    for name in sorted(names | _EXECUTE_DIGESTS.keys()):
        yield f"wagtail.actions:{name}Action.execute", _EXECUTE_DIGESTS.get(name, "")


def _preceded_by(before: Any) -> Any:
    def replace(function: Any) -> Any:
        @wraps(function)
        def after_that(this: Any, *args: Any, **kwargs: Any) -> Any:
            before(this, **kwargs)
            return function(this, *args, **kwargs)

        return after_that

    return replace


def refresh_place(page: Page, **_kwargs: Any) -> None:
    """Gives a page that was read some time ago the place and the address that it has now.

    Its slug stays what it is on the page at hand.

    Raises:
        Page.DoesNotExist: somebody has deleted it; another may have its place already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND_PLACE, [Page.steplen, page.pk])
        row = cursor.fetchone()
    if row is None:
        raise Page.DoesNotExist(f"Page {page.pk} is gone: somebody has deleted it.")
    path, page.depth, page.numchild, address, above = row
    parent = page.__dict__.get("_cached_parent_obj")
    if parent is not None and (path != page.path or parent.url_path != above):
        del page.__dict__["_cached_parent_obj"]
    page.path = path
    page.url_path = "/" if above is None else f"{above}{page.slug}/"
    # Read by delivery/tracking/signals.py when it is stored.
    page._address_before = address  # noqa: SLF001


def refresh_before_saving(page: Page, **kwargs: Any) -> None:
    """As :func:`refresh_place`, where what is stored of the page says where it is."""
    fields = kwargs.get("update_fields")
    if page.pk and (fields is None or not _OF_ADDRESSES.isdisjoint(fields)):
        refresh_place(page)


def refresh_places(action: Any, **_kwargs: Any) -> None:
    """As :func:`refresh_place`, for each page that an action of Wagtail reads the tree by."""
    if isinstance(action, actions.PublishRevisionAction):
        return  # It stores the page alone, and that is preceded by it.
    for name in _OF_ACTIONS:
        page = action.__dict__.get(name)
        if isinstance(page, Page) and page.pk:
            refresh_place(page)
