"""Saves one string as a translator types it, over the version that they saw.

The text is stored as wagtail-localize's own editor stores one, and judged as a file's is. It is
written without ``StringTranslation.save``: that takes the lock of all documents, and a string that
nobody sees yet changes none. What follows a saved string is done here: its former text is kept,
its review dropped, the page's draft title set, the page counted.

A text that says what the source says is stored and counts as untranslated; :func:`save_same` alone
says that it is the same on purpose.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext

from cms.common.characters import not_in_xml
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.editor.json_views import Refusal
from cms.translation.editor.opening import Opened
from cms.translation.editor.rows import RowState, row_state
from cms.translation.editor.state import note_of_same
from cms.translation.faults import fault
from cms.translation.fields import field_facts
from cms.translation.fragments import plain_text
from cms.translation.models import LanguageStatus, Review, SameOnPurpose, Suggestion
from cms.translation.status.counting import recount
from cms.translation.status.judgement import UNCOUNTED_PATHS, Source
from cms.translation.status.string_counting import CountedString
from cms.translation.status.versions import versions_of
from cms.translation.string_versions import keep_versions, outgoing_string
from cms.translation.strings import SourceString, StringRef, Strings, TranslatedString, load_strings
from cms.translation.texts.same_on_purpose import say_same
from cms.translation.texts.versions import version_of

LONGEST_TEXT: Final = 100_000
"""Characters of a text, as a file's may have."""

_TITLE_PATH: Final = "title"


@dataclass(slots=True)
class Saved:
    """A string after it was saved.

    Attributes:
        fault: the reason why it cannot be used, with the remedy; empty for none.
        notes: sentences on what else there is to know.
    """

    version: str
    state: RowState
    fault: str
    notes: list[str]
    by: str
    at: datetime | None
    status: LanguageStatus | None


@dataclass(slots=True)
class _Place:
    """A string in the source, with what is stored of it in the language."""

    opened: Opened
    string: SourceString
    strings: Strings

    @property
    def stored(self) -> TranslatedString | None:
        return self.strings.translations[self.opened.locale.pk].get(self.string.ref)


def save_string(opened: Opened, ref: StringRef, data: str, over: str) -> Saved:
    """Saves a text for a string; an empty one takes away what is there.

    Args:
        data: the fragment that was typed.
        over: the version of the text that its writer saw.

    Raises:
        Http404: there is no such string.
        Refusal: somebody saved another text meanwhile, which the answer holds; or it is no longer
            translated here, and the text is kept as a suggestion; or it cannot be stored.
    """
    if len(data) > LONGEST_TEXT:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("It has %(length)d characters; a text has %(limit)d at most.")
            % {"length": len(data), "limit": LONGEST_TEXT},
        )
    if character := not_in_xml(data):
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("It has a character that cannot be stored: %(character)s.")
            % {"character": character},
        )
    place = _find(opened, ref)
    if place is None:
        raise Refusal(HTTPStatus.GONE, _keep_as_suggestion(opened, ref, data))
    return _save(place, data, over)


def save_same(opened: Opened, ref: StringRef, over: str) -> Saved:
    """Saves the source's text for a string, and says that it is the same on purpose.

    Raises:
        Http404: there is no such string.
        Refusal: as of :func:`save_string`.
    """
    place = _find(opened, ref)
    if place is None:
        raise Refusal(HTTPStatus.GONE, _keep_as_suggestion(opened, ref, ""))
    text = place.string.text
    with transaction.atomic():
        _save(place, text, over)
        if place.string.path not in UNCOUNTED_PATHS:
            say_same(opened.locale.pk, [text], SameOnPurpose.How.TYPED, user=opened.user)
    opened.status = LanguageStatus.objects.filter(
        source=opened.source, locale=opened.locale
    ).first()
    return _saved(_found(opened, ref), opened.status)


def _find(opened: Opened, ref: StringRef) -> _Place | None:
    """The string; ``None`` where it is not translated here any more."""
    if not opened.is_enabled:
        return None
    code = opened.locale.language_code
    strings = load_strings(
        [opened.source],
        [opened.key],
        {opened.locale.pk: code},
        contexts=[ref.context],
        with_former=opened.has_former,
    )
    own = (one for one in strings.of_source[opened.source] if one.ref == ref)
    string = next(own, None)
    return None if string is None else _Place(opened, string, strings)


def _found(opened: Opened, ref: StringRef) -> _Place:
    place = _find(opened, ref)
    if place is None:
        raise Http404
    return place


def _save(place: _Place, data: str, over: str) -> Saved:
    stored = place.stored
    theirs = version_of(stored.data) if stored is not None else ""
    is_there = stored is not None and stored.data == data
    if over != theirs:
        # What is there already was saved by this very request, whose answer got lost; or two
        # people have written the same.
        if is_there or (not data and not theirs):
            return _saved(place, place.opened.status)
        raise _conflict(place)
    if is_there and stored is not None and not stored.needs_review:
        return _saved(place, place.opened.status)
    if not data and stored is None:
        return _saved(place, place.opened.status)
    # Nothing is raised within: an answer is no reason to give up what surrounds it.
    with transaction.atomic(savepoint=False):
        saved = _write(place, stored, data)
    if saved is None:
        raise _conflict(_found(place.opened, place.string.ref))
    return saved


def _write(place: _Place, stored: TranslatedString | None, data: str) -> Saved | None:
    """Stores a text over what was read; ``None`` where somebody else was first."""
    reason = _fault(place, data) if data else None
    written: TranslatedString | None = None
    if stored is None:
        written = _insert(place, data, reason)
    elif data:
        written = _replace(place, stored, data, reason)
    if not (written if data else stored is not None and _delete(stored)):
        return None
    if stored is not None and stored.data and stored.data != data:
        _keep(place, stored, is_deleted=not data)
    if data and place.opened.has_suggestion:
        _drop_used_suggestion(place, data)
    if place.string.path == _TITLE_PATH and place.opened.page is not None and not reason:
        _show_title(place, data)
    return _count(place, written, reason)


def _fault(place: _Place, data: str) -> str | None:
    facts = None
    if place.string.field_path:
        facts = field_facts(
            place.opened.content_type, place.string.field_path, SOURCE_LANGUAGE_CODE
        )
    return fault(
        place.string.text,
        data,
        facts,
        key=place.opened.key,
        path=place.string.path,
        locale=place.opened.locale.pk,
        language=place.opened.locale.language_code,
        by_words=True,
    )


def _values(place: _Place, data: str, reason: str | None) -> dict[str, Any]:
    return {
        "data": data,
        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
        "tool_name": "",
        "last_translated_by_id": place.opened.user.pk,
        "has_error": bool(reason),
        "field_error": reason or "",
    }


def _insert(place: _Place, data: str, reason: str | None) -> TranslatedString | None:
    """Stores a text where none is; ``None`` where somebody else was first."""
    where = {
        "translation_of_id": place.string.ref.string,
        "context_id": place.string.ref.context,
        "locale_id": place.opened.locale.pk,
    }
    made = StringTranslation(**where, **_values(place, data, reason))
    StringTranslation.objects.bulk_create([made], ignore_conflicts=True)
    # Neither database says whether it was stored.
    rows = StringTranslation.objects.filter(**where).values_list("pk", "data", "updated_at")
    pk, *stored = rows[0] if (rows := list(rows)) else (0, "", None)
    if stored != [data, made.updated_at]:
        return None
    return _typed(place, data, pk, made.created_at, made.updated_at, reason)


def _replace(
    place: _Place, stored: TranslatedString, data: str, reason: str | None
) -> TranslatedString | None:
    """Stores a text over another; ``None`` where that is no longer there."""
    now = timezone.now()
    rows = StringTranslation.objects.filter(pk=stored.id, data=stored.data)
    if not rows.update(updated_at=now, **_values(place, data, reason)):
        return None
    if stored.review:
        Review.objects.filter(translation=stored.id).delete()
    return _typed(place, data, stored.id, stored.created_at, now, reason)


def _delete(stored: TranslatedString) -> bool:
    """Takes a text away; tells whether it was still there."""
    rows = StringTranslation.objects.filter(pk=stored.id, data=stored.data)
    # One statement, so that nobody types between. Nothing follows that is not done here, see above.
    if not rows._raw_delete(rows.db):  # noqa: SLF001 - deletes without reading first
        return False
    if stored.review:
        Review.objects.filter(translation=stored.id)._raw_delete(rows.db)  # noqa: SLF001 - as above
    return True


def _keep(place: _Place, stored: TranslatedString, *, is_deleted: bool) -> None:
    """Keeps what was there, unless its writer is still writing it and no reader has seen it."""
    opened = place.opened
    before = outgoing_string(place.string.ref, opened.locale.pk, stored)
    texts = place.strings.texts.of(opened.key, opened.locale.language_code)
    is_shown = texts.shows(place.string.path, stored.data)
    if is_deleted or is_shown or not before.is_own_burst(opened.user.pk):
        keep_versions([before])


def _drop_used_suggestion(place: _Place, data: str) -> None:
    """Drops a suggestion that is the translation now: it is no longer unused."""
    used = Suggestion.objects.filter(
        context=place.string.ref.context, locale=place.opened.locale, data=data
    )
    used._raw_delete(used.db)  # noqa: SLF001 - nothing hangs on a suggestion


def _show_title(place: _Place, data: str) -> None:
    """Shows the title in the admin's lists; without one, the page has the title that is live."""
    title: Any = plain_text(data) if data else F("title")
    Page.objects.filter(pk=place.opened.page).update(draft_title=title)


def _typed(
    place: _Place, data: str, pk: int, created: datetime, updated: datetime, reason: str | None
) -> TranslatedString:
    user = place.opened.user.pk
    return TranslatedString(pk, data, "typed", user, "", created, updated, None, bool(reason))


def _count(place: _Place, translated: TranslatedString | None, reason: str | None) -> Saved:
    opened = place.opened
    if opened.needs_approval:
        # Which text is published is for others to say, and is read anew.
        recount([opened.source], [opened.locale.pk], of_strings=True)
        opened.status = LanguageStatus.objects.filter(
            source=opened.source, locale=opened.locale
        ).first()
        return _saved(_found(opened, place.string.ref), opened.status, reason)
    pair = (opened.locale.pk, opened.locale.language_code)
    source = Source(
        opened.source, opened.key, opened.content_type, opened.source_locale, opened.changed_at
    )
    counted = CountedString(
        source,
        pair,
        opened.status,
        place.string,
        place.strings,
        _live_since(opened),
        has_target=opened.page is not None,
    )
    counted.put(translated)
    opened.status = counted.status
    return _saved(place, opened.status, reason)


def _live_since(opened: Opened) -> datetime | None:
    is_known = opened.page is not None and not opened.is_live_page
    if is_known or opened.live_since is not None:
        return opened.live_since
    found = versions_of({opened.content_type: {opened.key}}, [opened.locale.pk])
    version = found.get((opened.key, opened.locale.pk))
    return version.live_since if version is not None else None


def _saved(place: _Place, status: LanguageStatus | None, reason: str | None = None) -> Saved:
    stored = place.stored
    state = row_state(place.string, place.strings, place.opened.locale.pk)
    if state == "fault" and reason is None and stored is not None:
        reason = _fault(place, stored.data)
    return Saved(
        version=version_of(stored.data) if stored is not None else "",
        state=state,
        fault=reason or "",
        notes=[note_of_same()] if state == "same" else [],
        by=_name(stored.made_by, place.opened.user) if stored is not None else "",
        at=stored.updated_at if stored is not None else None,
        status=status,
    )


def _name(maker: int | None, user: Any) -> str:
    if maker is None:
        return ""
    if maker != user.pk:
        user = get_user_model()._default_manager.filter(pk=maker).first()
    return person_name(user)


def person_name(user: Any) -> str:
    """The name of a user for others; empty for one who is no longer there."""
    return "" if user is None else user.get_full_name() or user.get_username()


def _conflict(place: _Place) -> Refusal:
    stored = place.stored
    theirs = {
        "data": stored.data if stored is not None else "",
        "version": version_of(stored.data) if stored is not None else "",
        "by": _name(stored.made_by, place.opened.user) if stored is not None else "",
        "at": stored.updated_at.isoformat() if stored is not None else None,
    }
    detail = (
        _("Somebody has saved another text meanwhile.")
        if stored is not None
        else _("Somebody has taken the text away meanwhile.")
    )
    return Refusal(HTTPStatus.CONFLICT, detail, theirs=theirs)


def _keep_as_suggestion(opened: Opened, ref: StringRef, data: str) -> str:
    """Keeps a text, once, that has no place any more; returns a sentence that says so.

    Raises:
        Http404: it never had one.
    """
    context = TranslationContext.objects.filter(pk=ref.context, object=opened.key).first()
    string = String.objects.filter(pk=ref.string, locale=opened.source_locale).first()
    if context is None or string is None:
        raise Http404
    reason, detail = (
        (Suggestion.Reason.SOURCE_CHANGED, _("The text is no longer in the source."))
        if opened.is_enabled
        else (Suggestion.Reason.STOPPED, _("The page is written by hand in this language now."))
    )
    if not data:
        return detail
    text = {
        "context": context,
        "locale": opened.locale,
        "source_text": string.data,
        "data": data,
    }
    if not Suggestion.objects.filter(**text).exists():
        Suggestion.objects.create(**text, reason=reason, made_by_id=opened.user.pk)
    kept = _("Your text is kept under “Kept and not used”.")
    return f"{detail} {kept}"
