"""The admin's packages speak Swedish and Finnish: what they lack is filled, and goes in time."""

import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext, override
from wagtail.users.models import UserProfile

from cms.languages.catalogues import upstream


def test_no_text_is_lacking_and_none_is_there_twice() -> None:
    assert list(upstream.problems()) == []


def test_a_text_that_is_lacking_or_may_go_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in upstream.COMPLETE_LANGUAGES:
        for path in (upstream.FOLDER / code / "LC_MESSAGES").glob("*.po"):
            catalogue = polib.pofile(str(path))
            if (code, path.stem) == ("sv", "djangojs"):
                catalogue[:] = [entry for entry in catalogue if entry.msgid != "Good"]
                catalogue.append(polib.POEntry(msgid="Invented", msgstr="Påhittat"))
            copy = tmp_path / code / "LC_MESSAGES" / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(copy))
    monkeypatch.setattr(upstream, "FOLDER", tmp_path)
    lacking, superfluous = upstream.problems()
    assert "wagtail.admin lacks 'Good'" in lacking
    assert "no package lacks 'Invented'" in superfluous


def test_ours_are_read_and_theirs_stay() -> None:
    with override("sv"):
        assert gettext("Autosave is paused") == "Automatiskt sparande är pausat"
        assert ngettext("1 snippet type", "%(counter)s snippet types", 2).startswith("%(counter)s")
        # Of Wagtail's own catalogue.
        assert gettext("Privacy") == "Sekretess"
    with override("fi"):
        assert gettext("Autosave is paused") == "Automaattinen tallennus on keskeytetty"


@pytest.mark.any_database
def test_scripts_have_them_in_the_persons_language(admin_client: Client, admin_user: Any) -> None:
    def script_texts() -> dict[str, object]:
        script = admin_client.get("/admin/jsi18n/").content.decode()
        found = re.search(r"const newcatalog = (\{.*?\});\n", script, re.DOTALL)
        assert found is not None, script[:500]
        texts: dict[str, object] = json.loads(found[1])
        return texts

    profile = UserProfile.get_for_user(admin_user)
    for code, words in (
        ("sv", {"Good": "Lätt", "A server error occurred.": "Ett serverfel uppstod."}),
        ("fi", {"A server error occurred.": "Tapahtui palvelinvirhe."}),
    ):
        profile.preferred_language = code
        profile.save()
        texts = script_texts()
        assert {text: texts[text] for text in words} == words
        # Of Wagtail's own catalogue.
        assert "Yes" in texts
