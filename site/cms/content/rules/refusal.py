"""The refusal to publish, with all that is to be mended first."""

from collections.abc import Sequence
from typing import Any

from wagtail.utils.forms import FormValidationError

from cms.content.rules.findings import Finding
from cms.content.rules.walking import Place


class PublishingRefused(FormValidationError):
    """Raised by the action of publishing; the draft is saved already where the caller saved it.

    The API answers it as it answers the errors of a form: 422, each fault with its place.

    Attributes:
        instance: the page or fact.
        findings: what keeps it from being published.
    """

    def __init__(self, instance: Any, findings: Sequence[Finding]) -> None:
        self.instance = instance
        self.findings = tuple(findings)
        errors: dict[Place, list[tuple[str, str]]] = {}
        for one in findings:
            errors.setdefault(one.loc, []).append((one.message, one.code))
        super().__init__(errors)
