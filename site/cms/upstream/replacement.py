"""Declares a change of another package's code, makes it, and reports a target that is gone.

A change names its targets, each with the digest of the source that it was written against. Tests
compare the digests with the packages that are installed, and run what was there before, which
:meth:`UpstreamCode.original` gives, to see whether the change is still needed.
"""

import hashlib
import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Final

from django.core import checks

logger = logging.getLogger(__name__)


class MissingTarget(Exception):
    """Code of another package is not where a change of ours looks for it."""


@dataclass(frozen=True, slots=True)
class UpstreamCode:
    """Code of another package that a change rests on.

    Attributes:
        target: module and path in it, as in ``wagtail.models:Page.save``.
        digest: :func:`source_digest` of what the change was written against.
    """

    target: str
    digest: str

    def owner(self) -> tuple[Any, str]:
        """The module, class or object that holds the target, and the target's name there.

        Raises:
            MissingTarget: there is no such owner.
        """
        module, _, path = self.target.partition(":")
        above, _, name = path.rpartition(".")
        return self._resolved(f"{module}:{above}"), name

    def current(self) -> Any:
        """The code that is there now: upstream's, or what a change has put there.

        Raises:
            MissingTarget: there is nothing.
        """
        return self._resolved(self.target)

    def original(self) -> Any:
        """Upstream's code, whatever was put in its place.

        Raises:
            MissingTarget: there is nothing.
        """
        return _ORIGINALS[self.target] if self.target in _ORIGINALS else self.current()

    def _resolved(self, path: str) -> Any:
        try:
            return resolve_name(path)
        except (ImportError, AttributeError, LookupError) as error:
            raise MissingTarget(
                f"{self.target} is not there, which a change under cms/upstream/ rests on: {error}"
            ) from error


@dataclass(frozen=True, slots=True)
class Replacement(UpstreamCode):
    """Code of another package, and what takes its place.

    Attributes:
        replace: takes what stands there, which another change may have put there, and returns what
            is to stand there.
    """

    replace: Callable[[Any], Any]

    def put_in(self) -> None:
        """Puts it in.

        Raises:
            MissingTarget: there is nothing to replace.
        """
        current = self.current()
        owner, name = self.owner()
        _ORIGINALS.setdefault(self.target, current)
        setattr(owner, name, self.replace(current))


DECLARED: Final[list[UpstreamCode]] = []
"""All that changes have declared, in the order in which they were made."""

_ORIGINALS: Final[dict[str, Any]] = {}


def declare(*codes: UpstreamCode) -> None:
    """Has it checked that code is there on which a change rests that is put in by other means."""
    DECLARED.extend(codes)


def apply_replacements(*replacements: Replacement) -> None:
    """Makes changes; done once, when Django starts.

    A target that is gone is logged, and ``manage.py check`` fails for it: Django must have started
    to say so.
    """
    declare(*replacements)
    for replacement in replacements:
        try:
            replacement.put_in()
        except MissingTarget as missing:
            logger.critical("%s", missing)


def source_digest(code: Any) -> str:
    """SHA-256, in hexadecimal, of the source of a function, class or task as upstream wrote it."""
    source = inspect.getsource(getattr(code, "func", code))
    return hashlib.sha256(source.encode()).hexdigest()


@checks.register
def check_targets(app_configs: Any, **options: Any) -> list[checks.Error]:
    """Reports every target that is not there."""
    return [error for code in DECLARED for error in _errors_of(code)]


def _errors_of(code: UpstreamCode) -> list[checks.Error]:
    try:
        code.current()
    except MissingTarget as missing:
        hint = "Change the module that names it, or delete it if the package has been mended."
        return [checks.Error(str(missing), hint=hint, id="upstream.E001")]
    return []
