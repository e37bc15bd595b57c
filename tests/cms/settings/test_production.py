"""Production starts when it is safe, and says what to do when it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "not-a-secret-but-long-enough-to-be-taken-for-one-0123456789",
    "ALLOWED_HOSTS": "cms.example.org",
    "BASE_URL": "https://cms.example.org",
    "EMAIL_URL": "smtp+tls://cms:secret@mail.example.org:587/?from=cms@example.org",
}


def run_in_production(
    tmp_path: Path, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        env=kept
        | {
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        }
        | environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.PROJECT_ROOT,
    )


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set. Generate one with"),
        ({"SECRET_KEY": "development-" + "x" * 60}, "SECRET_KEY is a development secret"),
        ({"SECRET_KEY": "too short"}, "SECRET_KEY has 9 characters and needs 50"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set. List the host names"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is '*'"),
        ({"BASE_URL": ""}, "BASE_URL is not set. Give the address"),
        ({"BASE_URL": "http://cms.example.org"}, "begins with https://"),
        ({"EMAIL_URL": ""}, "EMAIL_URL is not set. Give the address of the mail server"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL is not the address of a mail server."),
        ({"DEBUG": "true"}, "DEBUG is on in production. Unset"),
    ],
)
def test_it_refuses_to_start(tmp_path: Path, changes: dict[str, str], complaint: str) -> None:
    run = run_in_production(tmp_path, SAFE | changes, "-c", "import cms.settings.production")
    assert run.returncode != 0
    assert "ImproperlyConfigured" in run.stderr
    assert complaint in run.stderr


def test_a_safe_environment_passes_the_deployment_checks(tmp_path: Path) -> None:
    run = run_in_production(
        tmp_path, SAFE, "manage.py", "check", "--deploy", "--fail-level", "INFO"
    )
    assert run.returncode == 0, run.stderr


def test_no_secret_is_generated_in_production(tmp_path: Path) -> None:
    run_in_production(tmp_path, SAFE, "-c", "import cms.settings.production")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("allowed", "required"), [("", "True"), ("false", "True"), ("true", "False")]
)
def test_webhooks_are_encrypted_unless_they_may_stay_at_home(
    tmp_path: Path, allowed: str, required: str
) -> None:
    run = run_in_production(
        tmp_path,
        SAFE | {"WEBHOOKS_ALLOW_PRIVATE_ADDRESSES": allowed},
        "-c",
        "from cms.settings import production as p;"
        "print(p.WEBHOOKS_REQUIRE_HTTPS, p.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES)",
    )
    assert run.stdout.split() == [required, str(allowed == "true")], run.stderr


def test_addresses_of_others_are_looked_at_in_production_unless_turned_off(tmp_path: Path) -> None:
    run = run_in_production(
        tmp_path,
        SAFE | {"WEB_ADDRESSES_CHECK": "false", "WEB_ADDRESSES_EVERY_DAYS": "30"},
        "-c",
        "from cms.settings import base, environment as e, production as p;"
        "print(p.WEB_ADDRESSES_CHECK, p.WEB_ADDRESSES_EVERY_DAYS);"
        "e.WEB_ADDRESSES_CHECK = '';"
        "print(*(e.are_web_addresses_checked(default=one) for one in (True, False)))",
    )
    assert run.stdout.split() == ["False", "30", "True", "False"], run.stderr
