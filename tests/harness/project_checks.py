"""Runs the project's own checks one after another in one process: settings, migrations, catalogues.

``python -m tests.harness.project_checks``; ends with 1 at the first that fails.
"""

import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    call_command("check")
    call_command("makemigrations", check_changes=True, dry_run=True)
    call_command("catalogues", "check")
