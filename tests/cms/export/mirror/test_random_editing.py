"""Tests of any edits in any order: a mirror that follows is one that is written anew."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from cms.delivery.publishing.backlog import render_backlog
from cms.export.mirror.updating import update
from tests.cms.delivery.publishing.editing import Editors
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.cms.export.mirror.looking import look, stored
from tests.harness.sampling import IS_HUNTING, examples

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
PICK = st.integers(min_value=0, max_value=63)

Act = Callable[[Editors], Any]


def _act(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), *arguments)


ACTS = st.one_of(
    _act("edit_page", PICK, st.sampled_from(["Norr", "Čáhci"]), st.booleans(), st.booleans()),
    _act("link_page", PICK, PICK),
    _act("create_page", PICK, st.just("Ny"), st.booleans()),
    _act("publish_page", PICK),
    _act("unpublish_page", PICK, st.booleans()),
    _act("move_page", PICK, PICK),
    _act("delete_page", PICK),
    _act("restrict_page", PICK),
    _act("open_page", PICK),
    _act("alias_page", PICK, PICK),
    _act("alias_in_language", PICK, PICK),
    _act("convert_alias", PICK),
)


class _Undo(Exception):
    """Ends an example."""


@settings(
    max_examples=examples(3, 200),
    derandomize=not IS_HUNTING,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(runs=st.lists(st.lists(ACTS, min_size=1, max_size=4), min_size=2, max_size=4))
def test_following_is_writing_anew(
    small_site: SmallSite, tmp_path_factory: pytest.TempPathFactory, runs: list[list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    try:
        with transaction.atomic():
            _follow(small_site, folder, runs)
            raise _Undo
    except _Undo:
        cache.clear()


def _follow(site: SmallSite, folder: Path, runs: list[list[Any]]) -> None:
    editors, root = Editors(site), folder / "mirror"
    update(root)
    for number, acts in zip(itertools.count(), runs, strict=False):
        for name, *arguments in acts:
            try:
                with transaction.atomic():
                    getattr(editors, name)(*arguments)
            except editors.refusals:
                pass
        render_backlog()
        update(root)
        anew = folder / f"anew-{number}"
        update(anew)
        assert look(root) == look(anew)
        assert stored(root) == stored(anew)
