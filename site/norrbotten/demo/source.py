"""Makes the Swedish pages and snippets, as an editor would: a draft, then published."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.models import Locale, Page

from norrbotten.demo.errors import DemoContentError
from norrbotten.demo.fields import set_fields
from norrbotten.demo.files import HOME, PageFile, SnippetFile
from norrbotten.demo.references import References


def load_snippets(
    files: Iterable[SnippetFile],
    locale: Locale,
    references: References,
    report: Callable[[str], None],
) -> None:
    """Publish the snippets that are missing; leave alone those that are there."""
    created = 0
    for file in files:
        model = apps.get_model("strategy", file.kind)
        snippet = model._default_manager.filter(translation_key=file.key, locale=locale).first()
        if snippet is None:
            snippet = model(translation_key=file.key, locale=locale, live=False)
            set_fields(snippet, file.fields, references, file.place, owner=file.key)
            try:
                snippet.save()
                snippet.save_revision().publish()
            except ValidationError as error:
                raise file.place.error("; ".join(error.messages)) from error
            # As published: what is read here is what translators translate from.
            snippet = model._default_manager.get(pk=snippet.pk)
            created += 1
        references.snippets[file.kind, file.name] = snippet
    report(f"Municipalities, programmes and other facts: {created} new.")


def load_pages(
    files: Mapping[str, PageFile],
    locale: Locale,
    references: References,
    report: Callable[[str], None],
) -> None:
    """Publish the pages that are missing; leave alone those that are there.

    Pages refer to each other in circles (an area to its goals, a goal to an area), so that all
    must exist before any can be filled.
    """
    new = [file for file in files.values() if _place_in_tree(file, locale, references)]
    for file in new:
        # Fresh from the database: a page that was read before its children were added would be
        # saved with a wrong number of children.
        page: Any = _page_model(file)._default_manager.get(translation_key=file.key, locale=locale)
        set_fields(page, file.fields, references, file.place, owner=file.key)
        try:
            page.save_revision(log_action=True).publish()
        except ValidationError as error:
            raise file.place.error("; ".join(error.messages)) from error
        references.pages[file.path] = type(page)._default_manager.get(pk=page.pk)
    report(f"Swedish pages: {len(new)} new.")


def _place_in_tree(file: PageFile, locale: Locale, references: References) -> bool:
    """Make the page known by its path, as an empty draft if it is missing; say whether it was."""
    existing = Page.objects.filter(translation_key=file.key, locale=locale).first()
    if existing is not None:
        references.pages[file.path] = existing.specific
        return False
    model: type[Model] = _page_model(file)
    page = model(
        title=file.fields["title"],
        slug=file.fields.get("slug", file.name),
        locale=locale,
        translation_key=file.key,
        live=False,
    )
    if file.path == HOME:
        Page.get_first_root_node().add_child(instance=page)
    else:
        # add_child() counts children on the object it is called on: always take a fresh one.
        Page.objects.get(pk=references.pages[file.parent_path].pk).add_child(instance=page)
    references.pages[file.path] = page
    return True


def _page_model(file: PageFile) -> type[Model]:
    try:
        return apps.get_model(file.type)
    except (LookupError, ValueError):
        raise DemoContentError(
            f"{file.place.file}: there is no page type {file.type!r}. "
            "Give one, such as strategy.CulturePage."
        ) from None
