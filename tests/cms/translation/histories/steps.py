"""Every step that a history may take, and how often."""

from collections.abc import Callable, Iterator

from tests.cms.translation.histories.editors import (
    convert_alias,
    copy,
    copy_for_translation,
    delete,
    edit_by_hand,
    edit_source,
    rearrange,
    restore,
    unpublish,
)
from tests.cms.translation.histories.files import bring_file
from tests.cms.translation.histories.programs import lose_bookkeeping, stop, write_by_api
from tests.cms.translation.histories.translators import (
    approve_some,
    begin,
    enter,
    enter_by_machine,
    publish,
    say,
    switch,
    type_in_editor,
    use_one,
)
from tests.cms.translation.histories.world import Keys, World

Step = Callable[[World, int, int, int], Keys]

STEPS: dict[Step, int] = {
    begin: 9,
    enter: 5,
    publish: 4,
    edit_source: 4,
    edit_by_hand: 3,
    rearrange: 3,
    restore: 5,
    unpublish: 2,
    delete: 1,
    copy: 3,
    copy_for_translation: 4,
    convert_alias: 1,
    enter_by_machine: 3,
    bring_file: 6,
    use_one: 2,
    write_by_api: 4,
    stop: 4,
    say: 4,
    lose_bookkeeping: 1,
    type_in_editor: 7,
    switch: 4,
    approve_some: 4,
}
"""Every step, and how often it is taken."""


def taken(step: Step) -> str:
    """The name of a step."""
    return step.__name__


def all_steps() -> Iterator[Step]:
    """Each step as often as its weight says."""
    for step, weight in STEPS.items():
        yield from [step] * weight
