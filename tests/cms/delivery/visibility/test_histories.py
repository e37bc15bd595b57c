"""Tests of any history of closing, moving and taking down: nothing closed is seen anywhere.

The same few histories in every run of the tests, other and many in ``make release``; hunt with
``HYPOTHESIS_EXAMPLES=300 pytest tests/cms/delivery/visibility/test_histories.py``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.publishing.language_check import language_faults
from tests.cms.delivery.visibility.world import World, answers, betrayals, stored_texts
from tests.harness.sampling import IS_HUNTING, examples

STEPS = 8

PICK = st.integers(min_value=0, max_value=31)
"""One of what there is at that moment, counted round."""


class Hiding(RuleBasedStateMachine):
    """Steps of editors; after each, nothing that is stored names what nobody may see."""

    world: World
    folder: Path
    number = 0

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        type(self).number += 1

    def teardown(self) -> None:
        try:
            render_backlog()
            assert list(differences()) == []
            assert [fault for fault in language_faults() if "closed" in fault] == []
            found = betrayals(answers(self.folder / str(self.number)))
            assert not found, "\n".join(found[:10])
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)
            cache.clear()

    def _step(self, act: Callable[..., Any], *arguments: Any) -> None:
        try:
            with transaction.atomic():
                act(*arguments)
        except self.world.refusals:
            pass
        found = betrayals(stored_texts())
        assert not found, "\n".join(found)

    @rule(parent=PICK)
    def add_page(self, parent: int) -> None:
        self._step(self.world.add_page, parent)

    @rule(page=PICK, language=PICK)
    def translate_page(self, page: int, language: int) -> None:
        self._step(self.world.translate_page, page, language)

    @rule(page=PICK, other=PICK)
    def point_page(self, page: int, other: int) -> None:
        self._step(self.world.point_page, page, other)

    @rule(page=PICK)
    def close_page(self, page: int) -> None:
        self._step(self.world.close_page, page)

    @rule(restriction=PICK)
    def open_page(self, restriction: int) -> None:
        self._step(self.world.open_page, restriction)

    @rule(page=PICK, other=PICK)
    def move_page(self, page: int, other: int) -> None:
        self._step(self.world.move_page, page, other)

    @rule(page=PICK, leave=st.booleans())
    def unpublish_page(self, page: int, leave: bool) -> None:
        self._step(self.world.unpublish_page, page, leave)

    @rule(page=PICK)
    def publish_page(self, page: int) -> None:
        self._step(self.world.publish_page, page)

    @rule(page=PICK, leave=st.booleans())
    def delete_page(self, page: int, leave: bool) -> None:
        self._step(self.world.delete_page, page, leave)

    @rule(page=PICK, parent=PICK)
    def alias_page(self, page: int, parent: int) -> None:
        self._step(self.world.alias_page, page, parent)

    @rule(page=PICK, language=PICK)
    def alias_in_language(self, page: int, language: int) -> None:
        self._step(self.world.alias_in_language, page, language)

    @rule(alias=PICK)
    def convert_alias(self, alias: int) -> None:
        self._step(self.world.convert_alias, alias)

    @rule()
    def change_site(self) -> None:
        self._step(self.world.change_site)


@pytest.mark.django_db
@pytest.mark.one_database("postgresql")
def test_nothing_that_is_closed_is_seen_anywhere(tmp_path: Path) -> None:
    Hiding.world, Hiding.folder = World(), tmp_path
    run_state_machine_as_test(
        Hiding,
        settings=settings(
            max_examples=examples(8, 400),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not IS_HUNTING,
            database=None,
            phases=[Phase.generate, Phase.shrink] if IS_HUNTING else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
