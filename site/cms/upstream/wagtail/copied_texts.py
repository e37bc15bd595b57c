"""Tells what a page was copied from.

``CopyPageAction`` and ``CreatePageAliasAction`` of Wagtail 8.0.1 give the copy a translation key of
its own, and no signal, hook or log entry names the original. A half-translated page would lose what
its source says, and its Swedish texts would be of the copy's language. Here a copy keeps what the
other languages of its original said. May go when a signal names both.
"""

from functools import wraps
from typing import Any, Final

from cms.translation.texts.recording import carry_over
from cms.upstream.replacement import Replacement, apply_replacements

COPY: Final = "wagtail.actions.copy_page:CopyPageAction._copy_page"
ALIAS: Final = "wagtail.actions.create_alias:CreatePageAliasAction._create_alias"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            COPY, "dc57beb4cdadf375e5970c3972ae9bee074883e1f04a9146fda59403433109b3", followed
        ),
        Replacement(
            ALIAS, "0f9066e7ca0c8a118f3b66fbe52be68539b3ce97e66a84d53aaa9e7cb0a6ade7", followed
        ),
    )


def followed(copy: Any) -> Any:
    """The copying of one page, after which the copy has what its original was translated from."""

    @wraps(copy)
    def copy_and_follow(action: Any, page: Any, *args: Any, **kwargs: Any) -> Any:
        made = copy(action, page, *args, **kwargs)
        if made.translation_key != page.translation_key:
            carry_over(page.translation_key, made.translation_key, page.locale_id)
        return made

    return copy_and_follow
