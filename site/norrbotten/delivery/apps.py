"""What other sites pull."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What other sites pull."""

    name = "norrbotten.delivery"

    def ready(self) -> None:
        """Follow everything that documents are made of."""
        from norrbotten.content.upkeep import register_upkeep
        from norrbotten.delivery import signals, upkeep, upstream  # noqa: F401

        upstream.patch()
        register_upkeep("Keeping published documents", upkeep.keep)
