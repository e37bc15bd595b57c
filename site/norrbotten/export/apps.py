"""What leaves whole."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """What leaves whole."""

    name = "norrbotten.export"
