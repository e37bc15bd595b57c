"""Loads the demo: media, facts, Swedish pages, translations, in that order."""

from collections.abc import Callable
from typing import Final

from django.core.management import call_command
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from norrbotten.delivery.touching import followed
from norrbotten.demo.errors import DemoContentError
from norrbotten.demo.files import (
    HOME,
    PageFile,
    SnippetFile,
    languages,
    page_key,
    read_pages,
    read_snippets,
)
from norrbotten.demo.media import load_media
from norrbotten.demo.open_data import describe_open_data
from norrbotten.demo.references import References
from norrbotten.demo.site import point_site_to, update_address
from norrbotten.demo.source import load_pages, load_snippets
from norrbotten.demo.translating import Translator
from norrbotten.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from norrbotten.translation.counting import recounting_once

COMPLETE_LANGUAGES: Final = ("en", "fi")
"""Languages into which everything is translated. In the others only what is well attested is."""

DRAFT_LANGUAGES: Final = ("fi",)
"""Languages whose texts a person who knows the language has yet to read."""

Report = Callable[[str], None]


def demo_home() -> Page | None:
    """Return the Swedish start page of the demo, or ``None`` where it is not loaded."""
    page: Page | None = Page.objects.filter(
        translation_key=page_key(HOME), locale__language_code=SOURCE_LANGUAGE_CODE
    ).first()
    return page


@followed
def load_demo(report: Report, *, missing: bool = False) -> None:
    """Load the demo into an empty site; where it is loaded already, change nothing.

    Since loading is all or nothing, the start page tells that the rest has been loaded too. What
    editors have deleted since stays deleted, unless ``missing`` asks to make it again.

    Raises:
        DemoContentError: a file cannot be loaded, or the site has content of its own.
    """
    home = demo_home()
    if home is not None and not missing:
        report("The demo is loaded already; pages and translations are left as they are.")
        update_address(home, report)
        return
    if home is None:
        _refuse_site_with_content()
    # Pages are saved several times on the way: who refers to whom, and how far each translation
    # is, is worked out once, at the end.
    with disable_reference_index_auto_update(), recounting_once():
        _load_everything(home, report)
    call_command("rebuild_references_index", verbosity=0)


def _load_everything(home: Page | None, report: Report) -> None:
    references = References()
    locale = Locale.objects.get(language_code=SOURCE_LANGUAGE_CODE)
    pages = read_pages(SOURCE_LANGUAGE_CODE)
    snippets = list(read_snippets(SOURCE_LANGUAGE_CODE))
    load_media(references, report)
    load_snippets(snippets, locale, references, report)
    load_pages(pages, locale, references, report)
    if home is None:
        point_site_to(references.pages[HOME], report)
    describe_open_data(report)
    update_address(references.pages[HOME], report)
    for code in LANGUAGES:
        if code != SOURCE_LANGUAGE_CODE and code in languages():
            _translate_all(code, pages, snippets, references, report)


def _refuse_site_with_content() -> None:
    if Page.objects.filter(depth__gt=2).exists():
        raise DemoContentError(
            "This site has pages of its own. The demo is loaded into an empty site only: "
            "set DATA_DIR or DATABASE_URL to another place."
        )


def _translate_all(
    code: str,
    pages: dict[str, PageFile],
    snippets: list[SnippetFile],
    references: References,
    report: Report,
) -> None:
    translator = Translator(
        locale=Locale.objects.get(language_code=code),
        references=references,
        complete=code in COMPLETE_LANGUAGES,
        is_draft=code in DRAFT_LANGUAGES,
    )
    snippet_texts = {(file.kind, file.name): file for file in read_snippets(code)}
    page_texts = read_pages(code)
    _refuse_mismatch(code, set(pages), set(page_texts), complete=translator.complete)
    snippet_count = sum(
        translator.translate(
            references.snippets[file.kind, file.name],
            file.fields,
            texts.fields,
            texts.place,
            file.key,
        )
        for file in snippets
        if (texts := _texts_of(snippet_texts, file, translator)) is not None
    )
    page_count = sum(
        translator.translate(
            references.pages[path],
            _with_slug(source),
            page_texts[path].fields,
            page_texts[path].place,
            source.key,
        )
        # In the order of the Swedish pages: a translation's files give none.
        for path, source in pages.items()
        if path in page_texts
    )
    report(f"{LANGUAGES[code].english_name}: {page_count} pages and {snippet_count} facts new.")


def _texts_of(
    translated: dict[tuple[str, str], SnippetFile], file: SnippetFile, translator: Translator
) -> SnippetFile | None:
    found = translated.get((file.kind, file.name))
    if found is None and translator.complete:
        code = translator.locale.language_code
        raise DemoContentError(
            f"{code}/snippets/{file.kind}.yaml: {file.name!r} is not translated. Add it."
        )
    return found


def _refuse_mismatch(code: str, source: set[str], translated: set[str], *, complete: bool) -> None:
    missing = sorted(source - translated)
    unknown = sorted(translated - source)
    if missing and complete:
        raise DemoContentError(f"{code}/: no file for {', '.join(missing)}. Add it.")
    if unknown:
        raise DemoContentError(f"{code}/: no Swedish page for {', '.join(unknown)}. Remove it.")


def _with_slug(file: PageFile) -> dict[str, object]:
    """The name of a Swedish file is the page's slug; a translation writes its own."""
    return {"slug": file.name, **file.fields}
