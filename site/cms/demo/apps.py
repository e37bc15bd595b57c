"""The demo content and its loader."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo content and its loader."""

    name = "cms.demo"
