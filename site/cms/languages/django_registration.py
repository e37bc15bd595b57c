"""Makes languages known to Django that it does not know itself."""

from django.conf import global_settings
from django.conf.locale import LANG_INFO

from cms.languages.registry import LANGUAGES


def register_with_django() -> None:
    """Complete Django's table of languages from the registry.

    Without an entry, ``get_language_info`` raises KeyError and templates cannot name the language.
    Entries that Django has already are left as they are. Called by the settings; may be repeated.
    """
    for language in LANGUAGES.values():
        LANG_INFO.setdefault(
            language.code,
            {
                "bidi": language.is_right_to_left,
                "code": language.code,
                "name": language.english_name,
                "name_local": language.name,
            },
        )


def right_to_left_codes() -> list[str]:
    """Return the value for ``LANGUAGES_BIDI``: Django's own and those that the registry adds."""
    registered = {code for code, language in LANGUAGES.items() if language.is_right_to_left}
    return sorted({*global_settings.LANGUAGES_BIDI, *registered})
