"""Every address of the admin, from Django's resolver, filled in for things that hold canaries.

No address is named here, only the kinds of its arguments. An argument of a kind that no table
knows is an error: whoever adds an address, or takes a new Wagtail, says what it is of.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.models import get_snippet_models

from tests.cms.admin_patterns import Pattern
from tests.cms.roles.canaries import LANGUAGES, WORD, Aviary

PAGE: Final = "page"
KIND_OF_ARGUMENT: Final[dict[str, str]] = {
    "address_id": "web address",
    "token_id": "link",
    "page_id": PAGE,
    "parent_page_id": PAGE,
    "page_to_move_id": PAGE,
    "page_pk": PAGE,
    "collection_id": "collection",
    "document_id": "document",
    "doc_id": "document",
    "image_id": "image",
    "key": "source",
    "redirect_id": "redirect",
    "source_id": "source",
    "task_id": "task",
    "translation_id": "translation",
    "translation_source_id": "source",
    "webhook_id": "webhook",
}
"""Kinds of things, by the argument that names one; of several the first that stands here."""

KIND_OF_KEY: Final[tuple[tuple[str, str, str], ...]] = (
    ("cms_exchange", "", "job"),
    ("cms_export", "", "export"),
    ("cms_translation", "withdraw", "request"),
    ("cms_translation", "", "publishing"),
    ("cms_wastebasket", "", "deleted"),
    ("delivery_webhooks", "message|send_again", "message"),
    ("delivery_webhooks", "", "webhook"),
    ("wagtailadmin_api:documents", "", "document"),
    ("wagtailadmin_api:images", "", "image"),
    ("wagtailadmin_api:pages", "", PAGE),
    ("wagtailadmin_collections", "", "collection"),
    ("wagtailadmin_pages", "", PAGE),
    ("wagtailadmin_workflows", "task", "task"),
    ("wagtailadmin_workflows", "", "workflow"),
    ("wagtaildocs_chooser", "", "document"),
    ("wagtailimages_chooser", "", "image"),
    ("wagtaillocales", "", "locale"),
    ("wagtailsettings", "", "site"),
    ("wagtailsites", "", "site"),
    ("wagtailusers_api_tokens", "", "token"),
    ("wagtailusers_groups", "", "group"),
    ("wagtailusers_users", "", "user"),
)
"""Kinds of what ``pk`` names, by namespace and a part of the view's name."""

_FACTS: Final = re.compile(r"^wagtailsnippet(?:s|choosers)_\w+?_(\w+)$")
_UPLOADED: Final = "uploaded_file_id"
_SNIPPET: Final = "snippet"

_FINDS: Final = re.compile(r"search|results|task_chooser")
_OF_LISTS: Final = ("get_object_list", "list_export", "paginate_by", "per_page")
"""Attributes of views that list things."""

MODELS: Final[dict[str, tuple[str, str]]] = {
    "page": ("home", "contentpage"),
    "task": ("wagtailcore", "groupapprovaltask"),
    "tag": ("content", "contentimage"),
    "setting": ("content", "contentimage"),
    "editing-sessions": ("wagtailcore", "page"),
}
"""Models that an address names, by a part of its name or pattern."""

_MODEL_ARGUMENTS: Final = (
    ("app_label", "model_name"),
    ("app_name", "model_name"),
    ("content_type_app_name", "content_type_model_name"),
)

CONSTANTS: Final[dict[str, str]] = {
    "action_name": "approve",
    "before": "0",
    "filter_spec": "original",
    "mode": "x",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "session_id": "1",
    "token": "x",
    "uidb64": "x",
}
"""Arguments that name no thing."""


class UnknownArgument(Exception):
    """Raised for an address that the tables cannot fill in."""


def addresses_of(pattern: Pattern, aviary: Aviary) -> list[str]:
    """The addresses of a pattern: one for each thing of its kind, with what may be asked of it.

    Raises:
        UnknownArgument: an argument stands in no table.
    """
    return aviary.keep(pattern, lambda: _addresses_of(pattern, aviary))


def _addresses_of(pattern: Pattern, aviary: Aviary) -> list[str]:
    found = []
    for values in _values(pattern, aviary):
        missing = set(pattern.arguments) - values.keys()
        if missing:
            raise UnknownArgument(f"{pattern}: nothing is known of {', '.join(sorted(missing))}")
        found.append(pattern.template.format(**values))
    return found


def queries_of(pattern: Pattern, aviary: Aviary) -> list[str]:
    """The queries with which a pattern is asked: those of lists, searches, choosers and exports."""
    ids = "&".join(f"id={page.pk}" for page in aviary.pages)
    if pattern.name == "wagtail_bulk_action":
        return ["id=all", ids, f"id=all&childOf={aviary.site.home.pk}"]
    if "chosen_multiple" in pattern.name:
        return [f"id={page.pk}" for page in aviary.pages]
    if pattern.arguments and not _is_list(pattern):
        return [""]
    if pattern.namespace.startswith("wagtailadmin_api"):
        return ["", f"search={WORD}"]
    if not _finds(pattern):
        return [""]
    if "choose-page" in pattern.template:
        return ["", f"q={WORD}", "page_type=home.contentpage&user_perms=move_to", "locale=fi"]
    if "choose" in pattern.template:
        return ["", f"q={WORD}", "locale=fi"]
    exports = hasattr(pattern.view, "list_export")
    return ["", f"q={WORD}", *(["export=csv", "export=xlsx"] if exports else [])]


def _finds(pattern: Pattern) -> bool:
    """Tells whether a view may list or find things; a function may."""
    if not isinstance(pattern.view, type) or _FINDS.search(pattern.template):
        return True
    return any(hasattr(pattern.view, attribute) for attribute in _OF_LISTS)


def queries_to_send(pattern: Pattern, aviary: Aviary) -> list[str]:
    """The queries with which a form is sent: those alone that say what is to be done."""
    says_what = pattern.name == "wagtail_bulk_action" or "chosen_multiple" in pattern.name
    return queries_of(pattern, aviary) if says_what else [""]


def _is_list(pattern: Pattern) -> bool:
    return {"parent_page_id", "model_name", "content_type_model_name", "code"} & set(
        pattern.arguments
    ) != set() and not {"pk", "object_id"} & set(pattern.arguments)


def _values(pattern: Pattern, aviary: Aviary) -> Iterator[dict[str, Any]]:
    """The arguments of a pattern, for each thing of its kind."""
    for models in _models(pattern):
        constants = CONSTANTS | models
        kind = _kind(pattern, models)
        if kind is None:
            yield constants
            continue
        for thing in aviary.things[kind]:
            yield constants | aviary.keep(
                (kind, thing.pk), partial(_arguments, kind, thing, aviary)
            )


def _kind(pattern: Pattern, models: dict[str, str]) -> str | None:
    if _UPLOADED in pattern.arguments:
        return "uploaded image" if "image" in pattern.template else "uploaded document"
    for argument, kind in KIND_OF_ARGUMENT.items():
        if argument in pattern.arguments:
            return kind
    if "object_id" in pattern.arguments:
        return PAGE
    if "pk" not in pattern.arguments:
        return None
    if fact := _FACTS.match(pattern.namespace):
        return fact[1]
    if _SNIPPET in pattern.template and models:
        return models["model_name"]
    for namespace, name, kind in KIND_OF_KEY:
        if pattern.namespace == namespace and re.search(name, pattern.name):
            return kind
    raise UnknownArgument(f"{pattern}: nothing is known of pk in {pattern.namespace!r}")


def _models(pattern: Pattern) -> Iterator[dict[str, str]]:
    for app, model in _MODEL_ARGUMENTS:
        if model not in pattern.arguments or app not in pattern.arguments:
            continue
        if "action" in pattern.arguments:
            bulk_action_registry._scan_for_bulk_actions()
            for label, by_model in bulk_action_registry.actions.items():
                for name, actions in by_model.items():
                    for action in actions:
                        yield {app: label, model: name, "action": action}
            return
        if _SNIPPET in pattern.template:
            for snippet in get_snippet_models():
                yield {app: snippet._meta.app_label, model: snippet._meta.model_name}
            return
        names = [key for key in MODELS if key in pattern.template]
        if not names:
            raise UnknownArgument(f"{pattern}: nothing is known of {model}")
        label, name = MODELS[names[0]]
        yield {app: label, model: name}
        return
    if "code" in pattern.arguments:
        yield from ({"code": code} for code in LANGUAGES if code != "sv")
        return
    yield {}


def _arguments(kind: str, thing: Any, aviary: Aviary) -> dict[str, Any]:
    """Everything that an address may ask of a thing, and of what belongs to it."""
    values: dict[str, Any] = {"pk": thing.pk, "object_id": thing.pk, _UPLOADED: thing.pk}
    values |= dict.fromkeys(
        [argument for argument, of in KIND_OF_ARGUMENT.items() if of == kind], thing.pk
    )
    values["revision_id"] = getattr(thing, "latest_revision_id", None) or 0
    if kind == PAGE:
        state = thing.workflow_states.first() if hasattr(thing, "workflow_states") else None
        values["workflow_state_id"] = state.pk if state else 0
        values["task_state_id"] = state.current_task_state_id if state else 0
        values["task_id"] = aviary.things["task"][0].pk
        values["workflow_pk"] = aviary.things["workflow"][0].pk
        values["destination_id"] = thing.get_parent().pk
    if kind == "link":
        values["page_id"] = thing.page_id
    if kind == "source":
        values["key"] = thing.object_id
    if kind == "translation":
        source = thing.source
        segment = source.stringsegment_set.order_by("order", "pk")[0]
        values["string_segment_id"] = segment.pk
        values["context_id"], values["string_id"] = segment.context_id, segment.string_id
        overridable = source.overridablesegment_set.first()
        values["overridable_segment_id"] = overridable.pk if overridable else 0
    return values
