"""Strings as they come from the database, made up."""

from datetime import UTC, datetime
from html import escape
from uuid import UUID

from cms.exchange.parallel_texts.strings import (
    ParallelQuery,
    ParallelString,
    ParallelText,
    TextStatus,
)

QUERY = ParallelQuery(("smj", "yi"))
KEY = UUID("b2f4a0c8-6d0e-4a57-9a52-0f2c1f7f6a11")
MOMENT = datetime(2026, 11, 24, 12, 30, 5, tzinfo=UTC)


def string_of(swedish: str, lule_sami: str, yiddish: str) -> ParallelString:
    """A string with these texts, as a person reads them."""
    return ParallelString(
        key=KEY,
        type="home.ContentPage",
        title=swedish,
        path="/sv/kust/",
        place="title",
        label="Titel",
        source=escape(swedish, quote=False),
        texts={
            code: ParallelText(TextStatus.PUBLISHED, escape(text, quote=False), MOMENT)
            for code, text in (("smj", lule_sami), ("yi", yiddish))
        },
    )
