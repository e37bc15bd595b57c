"""Follows what Wagtail's bulk actions do with one statement, of which no signal tells."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.content.api.references.dependencies import file_token, image_token
from cms.content.models import ContentDocument, ContentImage
from cms.delivery.publishing.sequence import lock_sequence
from cms.delivery.tracking.transaction import invalidate

_PUTS_INTO_COLLECTION = "add_to_collection"


@hooks.register("before_bulk_action")
def hold_before_bulk_action(request: HttpRequest, action_type: str, *args: Any) -> None:
    """Both hooks run in the transaction of the action."""
    if action_type == _PUTS_INTO_COLLECTION:
        lock_sequence()


@hooks.register("after_bulk_action")
def follow_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Images and files that were put into another collection, perhaps a closed one."""
    if action_type != _PUTS_INTO_COLLECTION:
        return
    tokens = []
    for each in objects:
        if isinstance(each, ContentImage):
            tokens.append(image_token(each.pk))
        elif isinstance(each, ContentDocument):
            tokens.append(file_token(each.pk))
    invalidate(*tokens)
