"""The product runs without the packages that only its development needs."""

import subprocess
import sys
from typing import Final

from tests.harness.recipes import PROJECT

PROGRAM: Final = """
import importlib, sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"babel", "hypothesis", "playwright", "pytest"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
import cms.wsgi
import cms.urls
from django.core.management import get_commands
for name, application in sorted(get_commands().items()):
    if application.partition(".")[0] in {"cms", "home", "strategy"}:
        importlib.import_module(f"{application}.management.commands.{name}")
        print(name)
"""


def test_what_serves_a_site_and_every_command_need_no_package_of_development() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert {"catalogues", "prepare_demo", "published", "export_content"} <= {
        *done.stdout.splitlines()
    }
