"""A bundle for people that somebody has changed: another site, or a refusal with the file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from wagtail.models import Page

from cms.export.bundle.check_bundle import BadBundle
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.importing.refusals import RefusedBundle
from cms.export.bundle.yaml.reading import open_bundle
from home.models import ContentPage
from tests.cms.export.bundle.importing.mutations import DEEP

pytestmark = pytest.mark.one_database("sqlite")

DOCUMENTATION = Path(__file__).resolve().parents[5] / "docs" / "bundle.md"


def silent(name: str) -> None:
    return None


def a_page(folder: Path) -> Path:
    """The file of a Swedish content page."""
    return page_files(folder, "home.ContentPage")[0]


def page_files(folder: Path, kind: str) -> list[Path]:
    """The files of the Swedish pages of a type."""
    return [
        path
        for path in sorted((folder / "source/pages").rglob("*.yaml"))
        if (text := path.read_text(encoding="utf-8")).startswith(f"type: {kind}\n")
        and "\nlocale: sv\n" in text
    ]


def test_what_is_as_always_is_not_said(readable: Path) -> None:
    (path,) = page_files(readable, "home.HomePage")
    said = path.read_text(encoding="utf-8")
    assert said.startswith("type: home.HomePage\nkey: ")
    for name in ("live:", "expired:", "go_live_at:", "show_in_menus: false", "parent:"):
        assert name not in said


def test_a_changed_file_is_a_changed_page(readable: Path) -> None:
    path = a_page(readable)
    text = path.read_text(encoding="utf-8")
    (title,) = [line for line in text.splitlines() if line.startswith("  title: ")]
    path.write_text(text.replace(title, "  title: En annan rubrik"), encoding="utf-8")
    import_bundle(open_bundle(readable), silent)
    assert ContentPage.objects.filter(title="En annan rubrik", locale__language_code="sv").exists()


def test_the_page_in_the_documentation_is_brought_in(readable: Path) -> None:
    (home,) = page_files(readable, "home.HomePage")
    text = DOCUMENTATION.read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    path = home.with_suffix("") / "ny-sida.yaml"
    path.write_text(example.replace("order: 2\n", ""), encoding="utf-8")
    import_bundle(open_bundle(readable), silent)
    page = ContentPage.objects.get(slug="ny-sida")
    assert page.live
    parent = page.get_parent()
    assert (parent.slug, parent.get_children().first()) == (home.stem, page.page_ptr)


def broken(change: Callable[[str], str]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = a_page(folder)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return apply


def _alone(folder: Path) -> None:
    path = folder / "source/pages/finns-inte/sida.yaml"
    path.parent.mkdir()
    path.write_text(a_page(folder).read_text(encoding="utf-8"), encoding="utf-8")


def _link(folder: Path) -> None:
    (folder / "source/pages/lank.yaml").symlink_to("/etc/hostname")


def _stray(folder: Path) -> None:
    (folder / "source/pages/sida.yml").write_text("type: home.ContentPage")


def _large(folder: Path) -> None:
    (folder / "source/pages/stor.yaml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "not YAML": (broken(lambda text: text + "\n]"), r"source/pages/.*\.yaml, line \d+: .*YAML"),
    "twice": (broken(lambda text: f"{text}type: x\n"), r"\.yaml, line \d+: 'type' is there twice"),
    "a type": (broken(lambda text: text.replace("home.C", "home.X")), r"\.yaml: there is no type"),
    "a list": (broken(lambda text: "- 1\n"), r"\.yaml, line 1: a page is expected"),
    "an order": (broken(lambda text: f"{text}order: x\n"), "order"),
    "a field": (
        broken(lambda text: text.replace("  title:", "  rubrik: x\n  title:")),
        r"\.yaml, rubrik: home.ContentPage has no such field",
    ),
    "script": (
        broken(lambda text: text.replace("  title:", "  introduction: <script>x\n  title:")),
        r"\.yaml, introduction: ",
    ),
    "NUL": (
        broken(lambda text: re.sub(r"  title: .*", r'  title: "A\\0B"', text)),
        r"\.yaml, fields\.title: the character U\+0000 cannot be stored",
    ),
    "a member": (broken(lambda text: f"{text}surplus: x\n"), r"\.yaml, surplus: there is no such"),
    "no day": (
        broken(lambda text: f"{text}expire_at: '2026-02-31T00:00:00Z'\n"),
        r"\.yaml, expire_at: '2026-02-31T00:00:00Z' is no moment in time",
    ),
    "deep": (
        broken(lambda text: text.replace("  title:", f"  introduction: {DEEP}\n  title:")),
        r"\.yaml, introduction: \D*50 element",
    ),
    "nowhere": (
        _alone,
        r"finns-inte/sida\.yaml: there is no page source/pages/finns-inte\.yaml",
    ),
    "a link": (_link, "symbolic link"),
    "a stray file": (_stray, r"sida\.yml: nothing is read from here"),
    "too large": (_large, "larger than"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said_with_its_file_and_nothing_is_written(
    readable: Path, name: str
) -> None:
    spoil, message = FAULTS[name]
    if name in ("twice", "an order"):
        path = a_page(readable)
        text = path.read_text(encoding="utf-8")
        # A name of the page itself, and none of what stands in it.
        path.write_text(text.replace("order: ", "# ", 1), encoding="utf-8")
    spoil(readable)
    with pytest.raises((RefusedBundle, BadBundle), match=message):
        import_bundle(open_bundle(readable), silent)
    assert not ContentPage.objects.exists()
    assert not Page.objects.filter(depth=2).exists()
