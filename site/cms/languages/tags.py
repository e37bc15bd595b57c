"""Language tags as programs and people write them."""

import re
from typing import Final

from cms.languages.registry import LANGUAGES

_WELL_FORMED: Final = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


def registered_code(tag: str) -> str:
    """The code of the registered language that a tag is a variant of; empty where there is none.

    A tag of BCP 47 may go on with a script, a region, a variant: ``smj-SE``, ``sv-Latn-SE``. Case
    means nothing, some write ``_`` for ``-`` or add an encoding (``sv_SE.UTF-8``), and three
    letters of ISO 639-3 stand for the same language as two of 639-1.
    """
    written = re.split(r"[.@]", tag.strip(), maxsplit=1)[0].replace("_", "-").casefold()
    if not _WELL_FORMED.fullmatch(written):
        return ""
    subtags = written.split("-")
    for length in range(len(subtags), 0, -1):
        beginning = "-".join(subtags[:length])
        for code, language in LANGUAGES.items():
            if beginning in (code.casefold(), language.iso_639_3):
                return code
    return ""
