"""How far each language is and what helps there."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """How far each language is and what helps there."""

    name = "norrbotten.translation"
