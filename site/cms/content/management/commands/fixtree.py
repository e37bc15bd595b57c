"""``manage.py fixtree``: Wagtail's command, after which every rank follows the tree that it mended.

It stands in the place of Wagtail's, since our application comes before Wagtail's.
"""

from typing import Any

from django.db import transaction
from wagtail.management.commands.fixtree import Command as MendTrees

from cms.content.order.positions import keep_all_places
from cms.content.order.trees import order_all


class Command(MendTrees):
    """Mends the trees of pages and collections, then the order of pages."""

    def handle(self, **options: Any) -> None:
        """Mends everything."""
        with transaction.atomic():
            super().handle(**options)
            keep_all_places()
            order_all()
