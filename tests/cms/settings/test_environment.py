"""The environment variables: defaults, forms, refusals."""

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cms.settings import environment


@pytest.fixture
def data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environment, "DATA_DIR", tmp_path / "data")
    return tmp_path / "data"


def test_the_development_secret_is_made_once_and_readable_by_its_owner_alone(
    data_directory: Path,
) -> None:
    secret = environment.development_secret()
    assert secret.startswith(environment.DEVELOPMENT_SECRET_PREFIX)
    assert environment.development_secret() == secret
    assert stat.S_IMODE((data_directory / "secret-key").stat().st_mode) == 0o600


def test_the_default_database_is_a_file_in_the_data_directory(
    data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    database = environment.database()
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert Path(database["NAME"]) == data_directory / "cms.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_database_file_with_the_former_name_is_used_where_there_is_no_other(
    data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    data_directory.mkdir()
    former = data_directory / "norrbotten.sqlite3"
    former.touch()
    assert Path(environment.database()["NAME"]) == former
    (data_directory / "cms.sqlite3").touch()
    assert Path(environment.database()["NAME"]) == data_directory / "cms.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_by_address(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://editor:secret@db.example.org:5433/cms")
    database = environment.database()
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.org",
        5433,
        "cms",
    )


@pytest.mark.parametrize("address", ["mysql://root@localhost/cms", "nonsense"])
def test_another_database_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="postgres://user:password@host"):
        environment.database()


def test_impossible_fallbacks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE_FALLBACKS", "smj=xx")
    with pytest.raises(ImproperlyConfigured, match="'xx'"):
        environment.language_fallbacks()


def test_mail_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "EMAIL_URL", "smtp+tls://cms%40x:p%2Fw@mail.example.org/?from=cms@example.org"
    )
    found = environment.mail()
    assert found.backend == "django.core.mail.backends.smtp.EmailBackend"
    assert (found.host, found.port, found.use_tls, found.use_ssl) == (
        "mail.example.org",
        587,
        True,
        False,
    )
    assert (found.user, found.password, found.sender) == ("cms@x", "p/w", "cms@example.org")
    monkeypatch.setenv("EMAIL_URL", "smtp+ssl://mail.example.org:2465")
    found = environment.mail()
    assert (found.port, found.use_tls, found.use_ssl, found.user) == (2465, False, True, "")
    assert found.sender == "noreply@localhost"


@pytest.mark.parametrize(("url", "backend"), [("", "console"), ("none", "dummy")])
def test_mail_goes_to_the_terminal_or_nowhere(
    url: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    assert environment.mail().backend == f"django.core.mail.backends.{backend}.EmailBackend"


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "None",
        "smtp://",
        "https://secret@mail.example.org",
        "smtp://secret@mail.example.org:many",
        "smtp://secret@mail.example.org/folder",
        "smtp://secret@mail.example.org?from=nobody",
        "smtp://secret@mail.example.org?form=cms@example.org",
        "smtp://secret@mail.example.org?from=a@example.org&from=b@example.org",
        "smtp://secret@mail.example.org?from=a@example.org&tls=1",
        "smtp://secret@mail.example.org?from",
    ],
)
def test_another_way_of_mail_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"smtp\+tls://user:password@") as refused:
        environment.mail()
    assert "secret@" not in str(refused.value)


@pytest.mark.own_database
def test_the_tests_run_on_the_database_that_they_are_told() -> None:
    told = os.environ.get("DATABASE_URL", "").partition(":")[0]
    assert connection.vendor == ("postgresql" if told.startswith("postgres") else "sqlite")


@pytest.mark.parametrize(("text", "number"), [("", 30), ("1", 1), (" 400 ", 400)])
def test_numbers(text: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORTS_KEPT_DAYS", text)
    assert environment.whole_number("EXPORTS_KEPT_DAYS", 30, least=1) == number


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "a month"])
def test_what_is_no_number_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORTS_KEPT_DAYS", text)
    with pytest.raises(ImproperlyConfigured, match="Set it to a whole number, 1 or more"):
        environment.whole_number("EXPORTS_KEPT_DAYS", 30, least=1)
