"""An error leaves its traceback on standard error, and nothing of it in an answer."""

from pathlib import Path

import pytest

from tests.cms.settings.test_production import SAFE, run_in_production

FAILING_VIEW = """
import logging, sys, types
import django
from django.conf import settings
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

def fail(request):
    raise RuntimeError("the storage is gone")

sys.modules["failing"] = types.ModuleType("failing")
sys.modules["failing"].urlpatterns = [
    path("fail/", fail), path("post/", require_POST(fail))
]
settings.ROOT_URLCONF = "failing"
django.setup()
client = Client(raise_request_exception=False)
for address in ("/fail/", "/post/"):
    answer = client.get(address, secure=True, headers={"host": "cms.example.org"})
    print(answer.status_code, answer.content.decode())
logging.getLogger("django.request").warning("Not Found: /guessed/", extra={"status_code": 404})
"""
FAILING_WORK = """
import logging, sys
import django
django.setup()
try:
    raise RuntimeError("the storage is gone")
except RuntimeError:
    logging.getLogger(sys.argv[1]).exception("It failed")
"""
SETTINGS = [{}, {"DJANGO_SETTINGS_MODULE": "cms.settings.development"}]


@pytest.mark.parametrize("changes", SETTINGS, ids=["production", "development"])
def test_an_error_of_a_request(tmp_path: Path, changes: dict[str, str]) -> None:
    run = run_in_production(tmp_path, SAFE | {"DATABASE_URL": ""} | changes, "-c", FAILING_VIEW)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("500 ")
    # In production nothing was collected, so no static file has its name yet.
    assert "<h1" in run.stdout
    assert run.stderr.count("Traceback (most recent call last)") == 1
    assert run.stderr.count("RuntimeError: the storage is gone") == 1
    assert "ERROR django.request: Internal Server Error: /fail/" in run.stderr
    assert "\n405 " in run.stdout
    assert "WARNING django.request: Method Not Allowed (GET): /post/" in run.stderr
    assert "guessed" not in run.stderr
    for word in ("Traceback", "RuntimeError", "storage", "File &quot;", 'File "'):
        assert word not in run.stdout


@pytest.mark.parametrize("logger", ["cms.exchange.jobs", "django_tasks.backends.immediate"])
def test_an_error_of_a_job(tmp_path: Path, logger: str) -> None:
    run = run_in_production(tmp_path, SAFE, "-c", FAILING_WORK, logger)
    assert f"ERROR {logger}: It failed" in run.stderr
    assert run.stderr.count("RuntimeError: the storage is gone") == 1
    assert run.stdout == ""
