"""Decides what is *outdated*: a translation of something that the source no longer says.

A string is outdated when it has no translation, and a string that stood in its place before has
one. A page or snippet that is live is outdated when one of its strings is, or when something
without words, such as an image, has changed in the source since the translation went live.
"""

from datetime import datetime


def is_outdated(outdated_strings: int, changed_at: datetime | None, live_since: datetime) -> bool:
    """Tells whether a live translation shows what the source no longer says.

    Args:
        outdated_strings: the number of its strings of which only a former text is translated.
        changed_at: when the source, texts and facts alike, was last another; ``None`` if unknown.
        live_since: when the texts that are live were read from the translators' strings.
    """
    return bool(outdated_strings) or (changed_at is not None and changed_at > live_since)
