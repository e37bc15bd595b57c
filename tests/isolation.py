"""Keeps the tests away from the data and the settings of the machine they run on.

Loaded as a plugin by name (see ``pyproject.toml``), since the environment must be in order before
the settings are imported, and those are imported before any ``conftest.py``.
"""

import atexit
import os
import shutil
import tempfile

# DATABASE_URL stays: it says which database the run is for.
for variable in (
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DEBUG",
    "DEMO_PASSWORD",
    "EMAIL_URL",
    "EXPORTS_KEPT_DAYS",
    "EXPORTS_KEPT_MEGABYTES",
    "HOST",
    "LANGUAGE_FALLBACKS",
    "MIRROR_DIR",
    "PORT",
    "SECRET_KEY",
    "WEBHOOKS_ALLOW_PRIVATE_ADDRESSES",
):
    os.environ.pop(variable, None)

# Each test process has a cache of its own, as it has a database.
os.environ["CACHE_URL"] = "locmemcache://"

data_directory = tempfile.mkdtemp(prefix="cms-tests-")
os.environ["DATA_DIR"] = data_directory
atexit.register(shutil.rmtree, data_directory, ignore_errors=True)
