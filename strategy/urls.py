"""Addresses of pages for people that are made of many documents, after the language."""

from django.urls import URLPattern, re_path

from strategy.reader.overview_page import PROGRESS_NAME
from strategy.reader.views import show_progress

urlpatterns: list[URLPattern] = [
    re_path(
        # No page can be there: a slug has no dot.
        rf"^(?P<strategy_path>(?:[\w\-]+/)+){PROGRESS_NAME.replace('.', '[.]')}$",
        show_progress,
        name="strategy_progress",
    ),
]
