"""Tests of any edits in any order: stored equals rendered.

The same few histories in every run of the tests, other and many in ``make release``; hunt with
``HYPOTHESIS_EXAMPLES=300 pytest tests/cms/delivery/publishing/test_random_editing.py``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis.strategies as st
import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from cms.delivery.publishing import backlog, invalidation
from tests.cms.delivery.publishing.editing import Editors
from tests.cms.delivery.publishing.reader import Reader, assert_stored_equals_rendered
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.harness.sampling import IS_HUNTING, examples

STEPS = 12

PICK = st.integers(min_value=0, max_value=63)
"""One of what there is at that moment, counted round."""
TEXT = st.sampled_from(["Norr", "Söder", "Öst & väst", "Čáhci", "Fler i arbete"])


class Editing(RuleBasedStateMachine):
    """Steps of editors and translators; after each the claim holds.

    Attributes:
        at_once: how many documents are rendered at once; more wait for the worker.
    """

    site: SmallSite
    at_once: int

    def __init__(self) -> None:
        super().__init__()
        self._undo = _undone()
        self._undo.__enter__()
        self.editors = Editors(self.site)
        self.reader = Reader()

    def teardown(self) -> None:
        self._undo.__exit__(None, None, None)

    def _step(self, act: Callable[..., Any], *arguments: Any) -> None:
        try:
            with transaction.atomic():
                act(*arguments)
        except self.editors.refusals:
            # Wagtail refuses what cannot be; nothing is changed then.
            pass
        assert_stored_equals_rendered(self.reader)

    @rule(page=PICK, title=TEXT, slug=st.booleans(), straight=st.booleans())
    def edit_page(self, page: int, title: str, slug: bool, straight: bool) -> None:
        self._step(self.editors.edit_page, page, title, slug, straight)

    @rule(page=PICK, other=PICK)
    def link_page(self, page: int, other: int) -> None:
        self._step(self.editors.link_page, page, other)

    @rule(parent=PICK, title=TEXT, live=st.booleans())
    def create_page(self, parent: int, title: str, live: bool) -> None:
        self._step(self.editors.create_page, parent, title, live)

    @rule(page=PICK)
    def publish_page(self, page: int) -> None:
        self._step(self.editors.publish_page, page)

    @rule(page=PICK, with_below=st.booleans())
    def unpublish_page(self, page: int, with_below: bool) -> None:
        self._step(self.editors.unpublish_page, page, with_below)

    @rule(page=PICK, other=PICK)
    def move_page(self, page: int, other: int) -> None:
        self._step(self.editors.move_page, page, other)

    @rule(page=PICK)
    def delete_page(self, page: int) -> None:
        self._step(self.editors.delete_page, page)

    @rule(page=PICK)
    def restrict_page(self, page: int) -> None:
        self._step(self.editors.restrict_page, page)

    @rule(restriction=PICK)
    def open_page(self, restriction: int) -> None:
        self._step(self.editors.open_page, restriction)

    @rule(page=PICK, parent=PICK)
    def alias_page(self, page: int, parent: int) -> None:
        self._step(self.editors.alias_page, page, parent)

    @rule(page=PICK, language=PICK)
    def alias_in_language(self, page: int, language: int) -> None:
        self._step(self.editors.alias_in_language, page, language)

    @rule(alias=PICK)
    def convert_alias(self, alias: int) -> None:
        self._step(self.editors.convert_alias, alias)

    @rule(page=PICK)
    def convert_to_alias(self, page: int) -> None:
        self._step(self.editors.convert_to_alias, page)

    @rule(page=PICK, parent=PICK)
    def copy_page(self, page: int, parent: int) -> None:
        self._step(self.editors.copy_page, page, parent)

    @rule(page=PICK)
    def schedule_page(self, page: int) -> None:
        self._step(self.editors.schedule_page, page)

    @rule()
    def time_passes(self) -> None:
        self._step(self.editors.time_passes)

    @rule(owner=PICK, language=PICK)
    def begin_translation(self, owner: int, language: int) -> None:
        self._step(self.editors.begin_translation, owner, language)

    @rule(translation=PICK, string=PICK, text=TEXT)
    def translate_string(self, translation: int, string: int, text: str) -> None:
        self._step(self.editors.translate_string, translation, string, text)

    @rule(string=PICK)
    def forget_string(self, string: int) -> None:
        self._step(self.editors.forget_string, string)

    @rule(translation=PICK)
    def publish_translation(self, translation: int) -> None:
        self._step(self.editors.publish_translation, translation)

    @rule(translation=PICK)
    def stop_translation(self, translation: int) -> None:
        self._step(self.editors.stop_translation, translation)

    @rule(snippet=PICK, name=TEXT)
    def edit_snippet(self, snippet: int, name: str) -> None:
        self._step(self.editors.edit_snippet, snippet, name)

    @rule(snippet=PICK)
    def switch_snippet(self, snippet: int) -> None:
        self._step(self.editors.switch_snippet, snippet)

    @rule(snippet=PICK)
    def delete_snippet(self, snippet: int) -> None:
        self._step(self.editors.delete_snippet, snippet)

    @rule(value=PICK, number=st.integers(min_value=0, max_value=99))
    def edit_indicator_value(self, value: int, number: int) -> None:
        self._step(self.editors.edit_indicator_value, value, number)

    @rule(image=PICK, credit=TEXT, focal=st.booleans())
    def edit_image(self, image: int, credit: str, focal: bool) -> None:
        self._step(self.editors.edit_image, image, credit, focal)

    @rule(image=PICK)
    def delete_image(self, image: int) -> None:
        self._step(self.editors.delete_image, image)

    @rule(file=PICK, title=TEXT)
    def edit_file(self, file: int, title: str) -> None:
        self._step(self.editors.edit_file, file, title)

    @rule(closed=st.booleans())
    def close_collection(self, closed: bool) -> None:
        self._step(self.editors.close_collection, closed)

    @rule(path=PICK, page=PICK, site=st.booleans(), permanent=st.booleans())
    def enter_redirect(self, path: int, page: int, site: bool, permanent: bool) -> None:
        self._step(self.editors.enter_redirect, path, page, site, permanent)

    @rule(redirect=PICK, path=PICK)
    def move_redirect(self, redirect: int, path: int) -> None:
        self._step(self.editors.move_redirect, redirect, path)

    @rule(redirect=PICK)
    def delete_redirect(self, redirect: int) -> None:
        self._step(self.editors.delete_redirect, redirect)

    @rule(host=st.booleans())
    def change_site(self, host: bool) -> None:
        self._step(self.editors.change_site, host)


@contextmanager
def _undone() -> Iterator[None]:
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


HUNTING = settings(
    max_examples=examples(4, 300),
    stateful_step_count=STEPS,
    derandomize=not IS_HUNTING,
    database=None,
    # A step takes too long to try thousands: what fails first is looked at as it is.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.mark.parametrize(
    "at_once",
    [
        pytest.param(100, id="at once", marks=pytest.mark.one_database("sqlite")),
        pytest.param(2, id="by the worker", marks=pytest.mark.one_database("postgresql")),
    ],
)
def test_stored_equals_rendered_whatever_is_done(
    small_site: SmallSite, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(invalidation, "AT_ONCE", at_once)
    for module in (invalidation, backlog):
        monkeypatch.setattr(module, "BATCH", 3)

    class OnThisSite(Editing):
        site = small_site

    run_state_machine_as_test(OnThisSite, settings=HUNTING)
