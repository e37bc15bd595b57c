"""What other sites pull."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What other sites pull."""

    name = "norrbotten.delivery"

    def ready(self) -> None:
        """Follow everything that documents are made of."""
        from norrbotten.delivery import signals, upstream  # noqa: F401

        upstream.patch()
