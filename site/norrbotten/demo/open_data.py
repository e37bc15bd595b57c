"""How the demo's region describes its open data."""

from collections.abc import Callable
from pathlib import Path

import yaml

from norrbotten.export.models import OpenData


def describe_open_data(report: Callable[[str], None]) -> None:
    """Fill in what the catalogue needs, unless somebody has begun to."""
    described = OpenData.load()
    if described.publisher_name:
        return
    path = Path(__file__).with_name("open-data.yaml")
    for name, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        setattr(described, name, value)
    described.full_clean()
    described.save()
    report("Open data: described.")
