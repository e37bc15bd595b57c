"""What other sites pull."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What other sites pull."""

    name = "norrbotten.delivery"
