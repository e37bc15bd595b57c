"""The one judgement of a translated text, whether it is typed, comes in a file or by a program."""

from uuid import UUID

from wagtail_localize.models import StringTranslation, TranslationSource

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import FieldFacts, field_facts
from cms.translation.fragments import damage
from cms.translation.lifecycle.slugs import SLUG_PATH, slug_problem


def fault(
    source: str,
    target: str,
    facts: FieldFacts | None,
    *,
    key: UUID,
    path: str,
    locale: int,
    language: str,
    by_words: bool = False,
) -> str | None:
    """The reason why a text cannot be the translation of another, with the remedy.

    Args:
        facts: of the field in which it stands; ``None`` where they are not known.
        key: translation key of the page or snippet.
        path: content path as wagtail-localize writes it.
        locale: id of the language.
        language: its code.
        by_words: whether a link is called by its words; see :func:`fragments.damage`.

    Returns:
        ``None`` when there is none.
    """
    reason = damage(
        source,
        target,
        is_plain=facts is None or facts.is_plain,
        max_length=facts.max_length if facts is not None else None,
        by_words=by_words,
        language=language,
    )
    if reason is None and path == SLUG_PATH:
        reason = slug_problem(key, locale, target)
    return reason


def fault_of(translation: StringTranslation) -> str | None:
    """The fault of a translation as it is stored; one that stands nowhere has none."""
    context = translation.context
    if context is None:
        return None
    content_type = (
        TranslationSource.objects.filter(object=context.object_id)
        .values_list("specific_content_type", flat=True)
        .first()
    )
    facts = None
    if content_type is not None and context.field_path:
        facts = field_facts(content_type, context.field_path, SOURCE_LANGUAGE_CODE)
    return fault(
        translation.translation_of.data,
        translation.data,
        facts,
        key=context.object_id,
        path=context.path,
        locale=translation.locale_id,
        language=translation.locale.language_code,
    )
