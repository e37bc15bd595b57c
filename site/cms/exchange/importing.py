"""Imports translators' files: judged page by page, and each page taken whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from cms.common.batches import batches
from cms.common.progress import ReportProgress
from cms.exchange import results
from cms.exchange.formats import read_file
from cms.exchange.judging import Entry, Proposal, Terms, Verdict, judge
from cms.exchange.knowledge import Known, known_objects, source_of
from cms.exchange.results import Report, Result
from cms.exchange.selection import SelectionError, target_locale
from cms.exchange.units import ReceivedFile, ReceivedUnit, UnreadableFile
from cms.languages.tags import registered_code
from cms.translation.approval.approving import approve
from cms.translation.approval.rules import needs_approval
from cms.translation.fragments import plain_text
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import Review, SameOnPurpose, Suggestion
from cms.translation.status.counting import recount
from cms.translation.string_versions import keep_versions, outgoing_string
from cms.translation.strings import State
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.same_on_purpose import say_same

TITLE_PATH = "title"
"""Where wagtail-localize has a page's title."""

BATCH = 100
"""Pages judged and stored at a time, in one transaction."""


@dataclass(frozen=True, slots=True)
class Import:
    """The options of an import.

    Attributes:
        language: what the file must be in; for one that does not say, what it is in.
        languages: codes of the languages that the user may change; ``None`` for all.
        keys: translation keys of the pages that it may change; ``None`` for all.
        accept_identical: whether texts that are the same as in the source are so on purpose.
        dry_run: whether to report what would be done, and do nothing.
    """

    language: str = ""
    languages: Collection[str] | None = None
    keys: Collection[UUID] | None = None
    accept_identical: bool = False
    dry_run: bool = False
    user: Any = None


def import_file(
    path: Path, name: str, wanted: Import, progress: ReportProgress | None = None
) -> tuple[Report, list[UUID]]:
    """Reads a file and stores what can be stored.

    Returns:
        The report, and the translation keys of what has new texts.

    Raises:
        UnreadableFile: it cannot be read, is in another language, or of another site. Nothing is
            stored then.
    """
    file = read_file(path, name, wanted.language)
    locale = _locale_of(file, wanted)
    terms = Terms(
        locale,
        file.exported_at,
        wanted.accept_identical,
        _said_in(locale),
        wanted.user,
        needs_approval(locale.pk),
    )
    by_key: dict[UUID | None, list[ReceivedUnit]] = {}
    for unit in file.units:
        by_key.setdefault(unit.key, []).append(unit)
    report = Report(name, locale.language_code, wanted.dry_run)
    changed: list[UUID] = []
    strangers = by_key.pop(None, [])
    keys = [key for key in by_key if key is not None]
    any_known = False
    done = 0
    for batch in batches(keys, BATCH):
        known = known_objects(batch, locale)
        any_known = any_known or bool(known)
        changed += _bring_in_batch(batch, known, by_key, terms, file, wanted, report)
        done += len(batch)
        if progress is not None:
            progress(done, len(keys))
    if not keys and not strangers:
        raise UnreadableFile(_("%(name)s has no texts.") % {"name": name})
    if not any_known:
        raise UnreadableFile(
            _(
                "%(name)s: none of its %(count)d texts is of a page or fact of this site. Export "
                "the texts here, and bring that file back."
            )
            % {"name": name, "count": sum(map(len, by_key.values())) + len(strangers)}
        )
    report.results += [_stranger(unit, _("It does not say of which page.")) for unit in strangers]
    return report, changed


def publish_imported(
    report: Report, keys: Collection[UUID], user: Any = None, progress: ReportProgress | None = None
) -> list[str]:
    """Publishes what has new texts, each page that can be, and adds it to the report.

    Returns:
        What hinders the others; their texts wait in the editor.
    """
    locale = target_locale(report.language)
    problems = []
    for done, key in enumerate(keys, start=1):
        try:
            published = publish_translation(source_of(key, locale), locale, user)
        except CannotPublish as error:
            problems.append(str(error))
        else:
            report.published.append(str(published))
        if progress is not None:
            progress(done, len(keys))
    return problems


def _locale_of(file: ReceivedFile, wanted: Import) -> Locale:
    tag = file.target_language or wanted.language
    if not tag:
        raise UnreadableFile(
            _("%(name)s does not say in which language it is. Say it: --locale CODE.")
            % {"name": file.name}
        )
    if wanted.language and registered_code(tag) != target_locale(wanted.language).language_code:
        raise UnreadableFile(
            _("%(name)s is in “%(code)s”, and “%(wanted)s” was expected.")
            % {"name": file.name, "code": tag, "wanted": wanted.language}
        )
    try:
        locale = target_locale(tag)
    except SelectionError as error:
        raise UnreadableFile(f"{file.name}: {error}") from error
    if wanted.languages is not None and locale.language_code not in wanted.languages:
        raise UnreadableFile(
            _("%(name)s is in “%(code)s”, a language that you do not translate into.")
            % {"name": file.name, "code": tag}
        )
    return locale


def _said_in(locale: Locale) -> set[str]:
    """Digests of the texts of which somebody has said that they are the same on purpose."""
    return set(SameOnPurpose.objects.filter(locale=locale).values_list("digest", flat=True))


def _bring_in_batch(
    keys: list[UUID],
    known: dict[UUID, Known],
    by_key: dict[UUID | None, list[ReceivedUnit]],
    terms: Terms,
    file: ReceivedFile,
    wanted: Import,
    report: Report,
) -> list[UUID]:
    changed = []
    verdicts: list[tuple[Known, Verdict]] = []
    for key in keys:
        units = by_key.pop(key)
        one = known.get(key)
        problem = _not_here(one, key, file, wanted)
        if problem or one is None:
            report.results += [_stranger(unit, problem) for unit in units]
            continue
        verdict = judge(one, units, terms)
        report.results += verdict.results
        verdicts.append((one, verdict))
        if verdict.entries:
            changed.append(key)
        terms.said.update(map(digest_of_text, verdict.said))
    if not wanted.dry_run:
        _store(verdicts, terms.locale, file.name, wanted.user)
    return changed


def _not_here(known: Known | None, key: UUID, file: ReceivedFile, wanted: Import) -> str:
    if known is None:
        return _("This site has no page or fact with the key %(key)s.") % {"key": key}
    if wanted.keys is not None and key not in wanted.keys:
        return _("It is of another page: “%(title)s”.") % {"title": known.title}
    if file.source_language and registered_code(file.source_language) != known.source_language:
        return _("The page is translated from “%(code)s”, the file from “%(other)s”.") % {
            "code": known.source_language,
            "other": file.source_language,
        }
    return ""


def _stranger(unit: ReceivedUnit, reason: str) -> Result:
    return Result(results.UNKNOWN, unit.line, "", unit.path, plain_text(unit.source)[:60], reason)


@transaction.atomic
def _store(verdicts: list[tuple[Known, Verdict]], locale: Locale, origin: str, user: Any) -> None:
    now = timezone.now()
    entries = [(known, entry) for known, verdict in verdicts for entry in verdict.entries]
    _keep_replaced(entries, locale)
    _store_texts([entry for _known, entry in entries], locale, origin, user, now)
    _store_states(verdicts, locale)
    _approve(verdicts, user)
    said = [text for _known, verdict in verdicts for text in verdict.said]
    say_same(locale.pk, said, SameOnPurpose.How.FILE, user=user, origin=origin)
    _drop_used_suggestions([entry for _known, entry in entries], locale)
    _store_proposals(
        [proposal for _known, verdict in verdicts for proposal in verdict.proposals],
        locale,
        origin,
        user,
    )
    _store_titles(entries, locale)
    recount(
        [known.source_id for known, verdict in verdicts if verdict.entries or verdict.reviewed],
        [locale.pk],
    )


def _keep_replaced(entries: list[tuple[Known, Entry]], locale: Locale) -> None:
    """Keeps the texts that others take the place of, as the file found them."""
    keep_versions(
        outgoing_string(entry.place, locale.pk, before)
        for known, entry in entries
        if (before := known.translations.get(entry.place)) is not None and before.data != entry.data
    )


def _store_texts(
    entries: list[Entry], locale: Locale, origin: str, user: Any, now: datetime
) -> None:
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=entry.place.string,
                context_id=entry.place.context,
                locale=locale,
                data=entry.data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=origin[:255],
                last_translated_by=user,
                updated_at=now,
            )
            for entry in entries
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "updated_at",
            "has_error",
            "field_error",
        ],
    )


def _store_states(verdicts: list[tuple[Known, Verdict]], locale: Locale) -> None:
    entries = [entry for _known, verdict in verdicts for entry in verdict.entries]
    stored = {
        (context, string): pk
        for pk, context, string in StringTranslation.objects.filter(
            locale=locale, context__in={entry.place.context for entry in entries}
        ).values_list("pk", "context", "translation_of")
    }
    states: dict[int, State] = {}
    replaced = []
    for entry in entries:
        translation = stored[entry.place.context, entry.place.string]
        replaced.append(translation)
        if entry.state is not None:
            states[translation] = entry.state
    for _known, verdict in verdicts:
        states |= verdict.reviewed
    Review.objects.filter(translation__in=[*replaced, *states]).delete()
    Review.objects.bulk_create(
        [Review(translation_id=pk, state=state) for pk, state in states.items()], batch_size=500
    )


def _approve(verdicts: list[tuple[Known, Verdict]], user: Any) -> None:
    """Approves what the file says to be translated; not what was changed since it was judged."""
    texts: dict[int, str] = {}
    for _known, verdict in verdicts:
        texts |= verdict.approved
    if texts:
        stored = StringTranslation.objects.filter(pk__in=texts, has_error=False)
        found = stored.select_related("context", "translation_of")
        approve([one for one in found if one.data == texts[one.pk]], user)


def _drop_used_suggestions(entries: list[Entry], locale: Locale) -> None:
    """Drops suggestions whose text is now the translation: they are no longer unused."""
    used = {(entry.place.context, entry.data) for entry in entries}
    kept = Suggestion.objects.filter(locale=locale, context__in={context for context, _ in used})
    found = kept.values_list("pk", "context", "data")
    Suggestion.objects.filter(
        pk__in=[pk for pk, context, data in found if (context, data) in used]
    ).delete()


def _store_proposals(proposals: list[Proposal], locale: Locale, origin: str, user: Any) -> None:
    """Stores suggestions, each once however often a file is imported."""
    there = set(
        Suggestion.objects.filter(
            locale=locale, context__in={proposal.context for proposal in proposals}
        ).values_list("context", "source_text", "data")
    )
    fresh = {
        (proposal.context, proposal.source_text, proposal.data): proposal
        for proposal in proposals
        if (proposal.context, proposal.source_text, proposal.data) not in there
    }
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                context_id=proposal.context,
                locale=locale,
                source_text=proposal.source_text,
                data=proposal.data,
                reason=proposal.reason,
                origin=origin[:255],
                made_by=user,
            )
            for proposal in fresh.values()
        ],
        batch_size=500,
    )


def _store_titles(entries: list[tuple[Known, Entry]], locale: Locale) -> None:
    """Stores draft titles, under which the admin lists pages, all at once."""
    titles = {
        known.key: plain_text(entry.data) for known, entry in entries if entry.path == TITLE_PATH
    }
    pages = list(Page.objects.filter(translation_key__in=list(titles), locale=locale))
    for page in pages:
        page.draft_title = titles[page.translation_key]
    Page.objects.bulk_update(pages, ["draft_title"], batch_size=500)
