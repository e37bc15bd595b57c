"""Upstream's code as it is without our changes, for canaries."""

from typing import Any

from cms.upstream.replacement import UpstreamCode


def original(target: str) -> Any:
    """Upstream's code at a target, such as ``wagtail.models:Page.save``."""
    return UpstreamCode(target, "").original()


def still_needed(fault: bool, module: str) -> None:
    """Fails when the fault for which a module was written is gone."""
    assert fault, f"cms/upstream/{module}.py may go: upstream is mended."
