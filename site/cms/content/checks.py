"""House rules of the content model, as system checks: a wrong model fails ``manage.py check``."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter
from wagtail.images.utils import get_allowed_image_extensions
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from cms.content.images.cleaning.cleaning import FORMATS
from cms.content.images.sizes import SIZE_NAME, image_sizes

OF_WAGTAIL = ("wagtail", "wagtail_localize")
TEXTS_OF_EVERY_PAGE = frozenset(
    {"title", "slug", "seo_title", "search_description", "show_in_menus"}
)


@checks.register
def check_translatable_fields(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Every field of a page or snippet type is stated as translated or as the same everywhere."""
    wanted = {config.label for config in app_configs} if app_configs is not None else None
    return [
        message
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin)
        and not model.__module__.startswith(OF_WAGTAIL)
        and (wanted is None or model._meta.app_label in wanted)
        for message in faults_of(model)
    ]


@checks.register
def check_image_sizes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Iterator[checks.CheckMessage]:
    """Each size of an image in ``IMAGE_SIZES`` has a name and a filter that can be."""
    for name, spec in image_sizes().items():
        if not SIZE_NAME.fullmatch(name):
            yield checks.Error(
                f"{name!r} in IMAGE_SIZES is no name of a size.",
                hint="Take small letters, digits and underscores, a letter first.",
                id="content.E005",
            )
        try:
            _ = Filter(spec).operations
        except (InvalidFilterSpecError, TypeError, ValueError) as error:
            yield checks.Error(
                f"{spec!r} in IMAGE_SIZES, {name}, is no filter: {error}",
                hint="Write it as Wagtail's image tag takes it, with | between operations.",
                id="content.E006",
            )


def faults_of(model: Any) -> Iterator[checks.CheckMessage]:
    """Lists the faults in the ``translatable_fields`` of one model."""
    stated = Counter(field.field_name for field in getattr(model, "translatable_fields", ()))
    expected = fields_to_state(model)
    for name in sorted(expected - set(stated)):
        yield checks.Error(
            f"{model._meta.label}.{name} is neither translated nor the same in all languages.",
            hint="Add it to translatable_fields with translated() or synchronised() of "
            "cms.content.fields.",
            obj=model,
            id="content.E001",
        )
    for name in sorted(set(stated) - expected):
        yield checks.Error(
            f"{model._meta.label}.translatable_fields names {name}, which is no field that an "
            "editor fills in.",
            hint="Correct the name or take it out.",
            obj=model,
            id="content.E002",
        )
    for name in sorted(name for name, times in stated.items() if times > 1):
        yield checks.Error(
            f"{model._meta.label}.translatable_fields names {name} more than once.",
            hint="A field is either translated or the same everywhere.",
            obj=model,
            id="content.E003",
        )


def fields_to_state(model: Any) -> set[str]:
    """The names of the fields and child rows that editors fill in."""
    names = {
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and not (field.remote_field and field.remote_field.parent_link)
    }
    if issubclass(model, ClusterableModel):
        names |= {relation.get_accessor_name() for relation in get_all_child_relations(model)}
    return names - _technical_names()


def _technical_names() -> set[str]:
    """The fields that Wagtail keeps for itself on pages and snippets."""
    names = {
        field.name
        for mixin in (
            DraftStateMixin,
            LockableMixin,
            RevisionMixin,
            TranslatableMixin,
            WorkflowMixin,
        )
        for field in mixin._meta.get_fields()
    }
    names |= {field.name for field in Page._meta.get_fields()}
    names |= {relation.get_accessor_name() for relation in get_all_child_relations(Page)}
    return names - TEXTS_OF_EVERY_PAGE


@checks.register
def check_image_formats(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Every format in which images may be uploaded is one that is cleaned."""
    return [
        checks.Error(
            f"WAGTAILIMAGES_EXTENSIONS has {ending!r}: what such an image tells beside what it "
            "shows would be published.",
            hint="Take it out, or write a module of cms.content.images.cleaning for it.",
            id="content.E004",
        )
        for ending in sorted({*get_allowed_image_extensions()} - FORMATS)
    ]
