"""Works in a tenth language as editors, translators and other sites do.

Run in a copy of the project, with a copy of the Swedish example site; prints JSON:
``python -m tests.cms.languages.tenth_language_program begin`` says what is missing at each step,
``… work CODE FOLDER`` what came of the work.
"""

import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import django

TITLES = {"Ett": "Zoo", "Två": "Õun", "Tre": "Aid"}
"""Titles in Swedish and in the language, not in the order of either."""


def begin() -> list[str]:
    """Make the catalogue of what is in the registry; return what each check says meanwhile."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    said = []
    for step in ("update", "compile"):
        try:
            call_command("check")
        except SystemCheckError as error:
            said.append(str(error))
        call_command("catalogues", step, stdout=StringIO())
    return said


def work(code: str, folder: Path) -> dict[str, Any]:
    """Do all of it, one thing after the other."""
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.test import Client
    from wagtail.models import Locale
    from wagtail_localize.models import TranslationSource

    from cms.delivery.publishing.backlog import render_backlog
    from home.models import ContentPage, HomePage
    from tests.cms.export.open_data.dcat.describing import describe
    from tests.factories.pages import ContentPageFactory
    from tests.factories.translations import enter_translations, marked, translate

    def run(*arguments: str, **options: Any) -> str:
        output = StringIO()
        call_command(*arguments, stdout=output, stderr=output, **options)
        return output.getvalue()

    found: dict[str, Any] = {}
    # As with each new version of the program; what is published gets a fallback in the language.
    run("migrate", verbosity=0)
    run("published", "rebuild", "--if-needed")
    found["check"] = run("check", databases=["default"])
    found["locale"] = Locale.objects.filter(language_code=code).count()

    home = HomePage.objects.get()
    translate(home, code)
    sources = {}
    for number, (swedish, own) in enumerate(TITLES.items()):
        page = ContentPageFactory(parent=home, title=swedish, slug=f"sida-{number}")
        page.save_revision().publish()
        sources[own] = page
    render_backlog()

    # A translator begins, enters, and publishes in the admin.
    user = User.objects.create_user("translator")
    user.groups.add(Group.objects.get(name=f"Translators ({code})"))
    translator = Client()
    translator.force_login(user)
    found["begun"] = []
    for own, page in sources.items():
        source = TranslationSource.objects.get_for_instance(page)
        begun: Any = translator.post(f"/admin/translation/begin/{source.pk}/{code}/")
        found["begun"].append(begun.status_code)
        words = marked(code)
        translation = enter_translations(
            page,
            code,
            lambda path, text, own=own, words=words: (  # type: ignore[misc]
                own if path == "title" else words(path, text)
            ),
        )
        assert translator.get(begun.url).status_code == 200
        published = translator.post(f"{begun.url}publish/")
        assert published.status_code == 200, published.content
        translation.refresh_from_db()
    render_backlog()
    found["published"] = sorted(
        ContentPage.objects.live()
        .filter(locale__language_code=code)
        .values_list("title", flat=True)
    )

    # Another site asks. One page is not translated.
    plain = ContentPage.objects.get(slug="om")
    visitor = Client()

    def ask(path: str) -> Any:
        response = visitor.get(path)
        assert response.status_code == 200, (path, response.status_code, response.content)
        return response

    api = "/api/v3/"
    found["announced"] = [
        one for one in ask(f"{api}languages/").json()["items"] if one["code"] == code
    ]
    listed = ask(f"{api}entries/{code}/?type=home.ContentPage&fallback=false").json()["items"]
    found["listed"] = [one["title"] for one in listed]
    found["found"] = [
        one["title"]
        for one in ask(f"{api}entries/{code}/?search=oun&fallback=false").json()["items"]
    ]
    fallback = ask(f"{api}entries/{code}/{plain.translation_key}/").json()
    found["fallback"] = fallback["language"]
    reader = ask(HomePage.objects.get(locale__language_code=code).url)
    found["reader"] = [reader["Content-Language"], f'lang="{code}"' in reader.content.decode()]
    found["changes"] = sorted(
        item["document"]["title"]
        for item in ask(f"{api}changes/?locale={code}&type=home.ContentPage&limit=100").json()[
            "items"
        ]
    )
    describe()
    found["catalogue"] = ask("/api/dcat.rdf").content.decode()

    # It leaves, as files of each kind, and comes back.
    run("export_content", str(folder / "bundle"))
    found["bundle"] = run("verify_bundle", str(folder / "bundle"))
    found["bundled"] = [
        one
        for one in json.loads((folder / "bundle/manifest.json").read_text())["languages"]
        if one["code"] == code
    ]
    run("mirror", str(folder / "mirror"), "--no-compress")
    found["mirrored"] = json.loads(
        (folder / f"mirror/api/v3/export/{code}.ndjson").read_text().splitlines()[0]
    )
    found["files"] = {}
    for name in ("xliff", "xliff2", "po", "xlsx", "tmx"):
        path = folder / f"texts.{name}"
        run("translations", "export", str(path), "--locale", code, "--format", name)
        found["files"][name] = run("translations", "import", str(path), "--locale", code)
    return found


if __name__ == "__main__":
    django.setup()
    from django.test.utils import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        command, *arguments = sys.argv[1:]
        result = begin() if command == "begin" else work(arguments[0], Path(arguments[1]))
        sys.stdout.write(json.dumps(result))
