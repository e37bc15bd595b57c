"""Judges a page or fact by the rules: what stops its publishing, and what is advised."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.content.rules.findings import Fault, Finding
from cms.content.rules.registry import Rule, rules_for
from cms.content.rules.walking import Node, nodes_of
from cms.languages.registry import SOURCE_LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement on a page or fact.

    Attributes:
        stopping: keeps it from being published.
        advice: does not.
        is_looked_at: whether there was anything to look at.
    """

    stopping: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    is_looked_at: bool


def judge(instance: Any) -> Judgement:
    """Judges a page or fact as it stands in memory, its rows and blocks with it."""
    found = list(findings_of(instance))
    stopping = _that_stop(instance, [one for one in found if one.refuses])
    live = [replace(one, is_live=True) for one in found if one.refuses and one not in stopping]
    advice = [one for one in found if not one.refuses]
    return Judgement(
        tuple(stopping), (*live, *advice), is_looked_at=bool(rules_for(type(instance)))
    )


def what_stops(instance: Any) -> list[Finding]:
    """Finds what keeps a page or fact from being published; asks nothing where nothing does.

    A fault that the published version has as well stops nothing: a spelling mistake can be mended
    without mending that first. Nor does any fault of a translation that is kept in step with its
    source, where only an editor can mend it.
    """
    return _that_stop(instance, list(findings_of(instance, is_advice_wanted=False)))


def _that_stop(instance: Any, found: list[Finding]) -> list[Finding]:
    if not found or is_kept_in_step(instance):
        return []
    published = _published(instance)
    if published is None:
        return found
    known = {(one.code, one.identity) for one in findings_of(published, is_advice_wanted=False)}
    return [one for one in found if (one.code, one.identity) not in known]


def findings_of(instance: Any, *, is_advice_wanted: bool = True) -> Iterator[Finding]:
    """Asks every rule, first those of the page or fact, then those of its blocks."""
    for rule in rules_for(type(instance)):
        if rule.refuses or is_advice_wanted:
            for fault in rule.look(instance):
                yield _of_instance(rule, fault, instance)
    for node in nodes_of(instance):
        for rule in rules_for(type(node.block)):
            if rule.refuses or is_advice_wanted:
                for fault in rule.look(node.value):
                    yield _of_block(rule, fault, node)


def is_kept_in_step(instance: Any) -> bool:
    """Tells whether something is a translation that follows what its source says."""
    locale = getattr(instance, "locale", None)
    if locale is None or locale.language_code == SOURCE_LANGUAGE_CODE:
        return False
    kept = Translation.objects.filter(
        source__object=instance.translation_key, target_locale=locale, enabled=True
    )
    return bool(kept.exists())


def _published(instance: Any) -> Any:
    if instance.pk is None:
        return None
    return type(instance)._default_manager.filter(pk=instance.pk, live=True).first()


def _of_instance(rule: Rule, fault: Fault, instance: Model) -> Finding:
    if fault.node is not None:
        return _of_block(rule, fault, fault.node)
    path = tuple(map(str, fault.place))
    is_row = len(fault.place) > 1 and isinstance(fault.place[1], int)
    # A row that is moved is the same row; a new one has none of the faults of those before it.
    identity = (path[0], str(fault.row or f"new {path[1]}"), *path[2:]) if is_row else path
    label = _label(instance, fault)
    return Finding(rule.code, rule.refuses, fault.message, label, path, fault.place, identity)


def _of_block(rule: Rule, fault: Fault, node: Node) -> Finding:
    there = node.below(fault.place)
    return Finding(
        rule.code, rule.refuses, fault.message, there.label, there.path, there.loc, there.path
    )


def _label(instance: Model, fault: Fault) -> str:
    if not fault.place:
        return ""
    name, *rest = fault.place
    try:
        field: Any = instance._meta.get_field(str(name))
    except FieldDoesNotExist:
        return ""
    if isinstance(field, ForeignObjectRel):
        row = capfirst(str(field.related_model._meta.verbose_name))  # type: ignore[union-attr]
        number = rest[0] + 1 if rest and isinstance(rest[0], int) else 0
        return _("%(row)s, number %(number)d") % {"row": row, "number": number} if number else row
    return str(capfirst(field.verbose_name))
