"""Checks of what readers see."""

from typing import Any

from django.core.checks import Error, register

from cms.reader.theme import style_sheets, unreadable_pairs


@register()
def check_contrast(app_configs: Any, **options: Any) -> list[Error]:
    """Refuses colours that people cannot tell apart."""
    del app_configs, options
    return [
        Error(
            f"--{pair.foreground} on --{pair.background} has a contrast of {pair.found:.1f} in "
            f"the {pair.scheme} scheme, and needs {pair.needed:g}.",
            hint="Set one of the two in content/theme.css darker or lighter.",
            id="reader.E001",
        )
        for pair in unreadable_pairs(style_sheets())
    ]
