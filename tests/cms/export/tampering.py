"""Damaged bundles, for the tests of both the check and the import."""

import hashlib
import json
from pathlib import Path


def rehashed(folder: Path) -> None:
    """Lets the manifest of a bundle say what its files are now."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for entry in manifest["files"]:
        content = (folder / entry["path"]).read_bytes()
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path.write_text(json.dumps(manifest), encoding="utf-8")


def made_under_the_former_name(folder: Path) -> None:
    """Lets a bundle be of the program as it was called before the package was ``cms``."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert manifest["product"]["name"] != "norrbotten-cms"
    manifest["product"]["name"] = "norrbotten-cms"
    path.write_text(json.dumps(manifest), encoding="utf-8")
