"""The example site shows everything that is live, from two requests, and no cast."""

import json
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import expect

from cms.delivery.webhooks.signing import new_secret
from tests.client.packing import PackedClient, run, tour
from tests.consumer.example import ExampleSite
from tests.consumer.programs import CHANGE_LEAD, DRAFT, LEAD, STRANGE, TAKE_AWAY
from tests.consumer.reading import kinds_of_pages, language_around, shown_pages, texts_of
from tests.consumer.serving import browser_tab, receiver, send, served
from tests.harness.node_packages import NODE, node_is_new_enough
from tests.harness.sampling import amount

pytestmark = [
    pytest.mark.one_database("sqlite"),
    pytest.mark.skipif(
        not node_is_new_enough(), reason="npm and Node.js 20 are not installed; see .ci/run"
    ),
]

CULTURE = "/sv/utvecklingsomraden/kultur/"
SITE = "https://site.example.org"
XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "a": "http://www.w3.org/2005/Atom",
}
BUILT_WITHIN = 30
"""Seconds."""


def test_no_cast_is_needed(example_site: ExampleSite) -> None:
    """It is compiled with what refuses casts; that finds what it is for."""
    strange = example_site.folder / "strange"
    (strange / "src").mkdir(parents=True)
    options = {"lib": ["es5"], "types": [], "strict": True}
    (strange / "tsconfig.json").write_text(
        json.dumps({"include": ["src"], "compilerOptions": options}), encoding="utf-8"
    )
    (strange / "src" / "a.ts").write_text(STRANGE, encoding="utf-8")
    compiled = subprocess.run(
        [str(NODE), "tools/compile.mjs", str(strange)],
        cwd=example_site.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    lines = {line.split(":")[1] for line in compiled.stdout.splitlines() if ".ts:" in line}
    assert (compiled.returncode, lines) == (1, {"2", "3", "4", "5", "6", "7"})


def test_it_is_built_from_two_requests(example_site: ExampleSite) -> None:
    built = example_site.first
    assert built is not None
    assert built.asked == ["/api/v3/export/all.ndjson", "/api/v3/languages/"]
    assert built.report["anew"]
    assert built.report["files"] == built.report["made"] == len(example_site.files())
    assert built.report["files"] > 351
    assert built.seconds < BUILT_WITHIN


def test_choices_have_the_labels_of_the_cms(example_site: ExampleSite) -> None:
    printed = run(example_site.folder, str(NODE), "tools/labels.mjs", **example_site.environment)
    kept = (example_site.folder / "src" / "texts" / "labels.ts").read_text(encoding="utf-8")
    assert printed == kept, "npm run labels"
    with urllib.request.urlopen(f"{example_site.cms.url}/api/v3/choices/", timeout=60) as answer:
        items = {
            (one["schema"], one["member"]): one["labels"] for one in json.load(answer)["items"]
        }
    kinds = items["StoryPageSchema", "kind"]
    for story in (page for page in example_site.pages if page["type"] == "strategy.StoryPage"):
        facts = example_site.page(story["path"]).xpath("//dl[@class='facts-list']/div/dd[1]")
        assert facts[0].text_content() in kinds[story["kind"]].values(), story["path"]


def test_every_page_is_there_once_in_every_language(example_site: ExampleSite) -> None:
    expected: dict[tuple[str, str], str | None] = {
        (language["code"], key): page["path"]
        if page["meta"]["locale"] == language["code"]
        else None
        for language in example_site.languages
        for key, page in example_site.best(language).items()
    }
    shown = shown_pages(example_site)
    assert len({language for language, _key in expected}) == 9
    assert shown.keys() == expected.keys()
    for place, path in expected.items():
        [address] = shown[place]
        assert path is None or unquote(path) == address


def test_pages_stand_in_the_editors_order(example_site: ExampleSite) -> None:
    shown = shown_pages(example_site)
    for language in example_site.languages:
        pages = example_site.best(language)
        for parent in pages.values():
            below = [
                page
                for page in pages.values()
                if page["parent"] and page["parent"]["key"] == parent["key"]
            ]
            listed = {
                "strategy.DevelopmentAreasPage": "//ul[@class='cards']//h2/a/@href",
                "strategy.StrategyPage": "//ol[@class='priorities']/li/h3/a/@href",
                "strategy.PriorityAreaPage": "//ul[@class='goals']/li/a/@href",
            }.get(parent["type"])
            if listed is None:
                continue
            [address] = shown[language["code"], parent["key"]]
            below.sort(key=lambda page: page["position"])
            expected = [shown[language["code"], page["key"]][0] for page in below]
            assert example_site.page(address).xpath(listed) == expected, address
            assert expected or parent["type"] == "strategy.StrategyPage"


def test_each_text_is_marked_with_its_language(example_site: ExampleSite) -> None:
    directions = {language["code"]: language["direction"] for language in example_site.languages}
    marked = compared = 0
    for page in example_site.pages:
        tree = example_site.page(page["path"])
        assert not re.search(r"</?[a-z]+>", tree.text_content()), page["path"]
        assert language_around(tree.xpath("//html")[0])[0] == page["language"]
        places: dict[str, set[tuple[str, str]]] = {}
        for element in tree.xpath("//main//*"):
            own = [element.text, *(child.tail for child in element)]
            for text in filter(None, own):
                places.setdefault(" ".join(text.split()), set()).add(language_around(element))
            if element.tag == "img":
                places.setdefault(" ".join(element.get("alt").split()), set()).add(
                    language_around(element)
                )
        for pointer, text in texts_of(page):
            if pointer.split("/")[1] in {"meta", "breadcrumbs", "parent", "key", "path"}:
                continue
            here = places.get(" ".join(text.split()))
            is_marked = pointer in page["languages"]
            if here is None or (not is_marked and pointer.count("/") > 1):
                continue
            language = page["languages"].get(pointer, page["language"])
            assert (language, directions[language]) in here, (page["path"], pointer)
            compared += 1
            marked += language != page["language"]
    # Titles, leads and visions of all pages; those of the partly translated ones are marked.
    assert compared > 150
    assert marked > 15


def test_readers_are_told_what_is_not_in_their_language(example_site: ExampleSite) -> None:
    shown = shown_pages(example_site)
    for language in example_site.languages:
        for key, page in example_site.best(language).items():
            [address] = shown[language["code"], key]
            tree = example_site.page(address)
            status = {each["locale"]: each["status"] for each in page["translations"]}
            is_whole = page["meta"]["locale"] == language["code"] and status[
                language["code"]
            ] not in {"partial", "outdated"}
            assert bool(tree.xpath("//p[@class='notice']")) is not is_whole, address
            switch = tree.xpath("//details[@class='languages']//a")
            assert len(switch) == 9
            [canonical] = tree.xpath("//link[@rel='canonical']/@href")
            assert canonical == f"{SITE}{page['path']}"


def test_yiddish_runs_from_right_to_left(example_site: ExampleSite) -> None:
    [root] = example_site.page("/yi/").xpath("//html")
    assert (root.get("lang"), root.get("dir")) == ("yi", "rtl")


def test_every_link_leads_somewhere(example_site: ExampleSite) -> None:
    files = set(example_site.files()) | {"static/site.css", "static/preview.js"}
    anywhere: set[str] = set()
    for path in files:
        if not path.endswith("index.html"):
            continue
        tree = example_site.page(path.removesuffix("index.html"))
        for address in tree.xpath("//@href | //@src"):
            parts = urlsplit(address)
            assert parts.scheme in {"", "http", "https", "mailto", "tel"}, (path, address)
            if parts.scheme or not parts.path:
                continue
            anywhere.add(parts.path)
            file = unquote(parts.path).removeprefix("/")
            file = f"{file}index.html" if file.endswith("/") or not file else file
            assert file in files, f"{path} leads to {address}"
    assert len(anywhere) > 351


def test_links_of_texts_stay_in_the_language_of_the_reader(example_site: ExampleSite) -> None:
    """In the CMS they lead to the Swedish pages; on this site readers keep their menu."""
    for language in ("smj", "yi"):
        links = example_site.page(f"/{language}/").xpath("//main//*[@class='rich']//a")
        assert len(links) == 3
        for link in links:
            assert link.get("href").startswith(f"/{language}/")
            assert (link.get("hreflang"), bool(link.get("data-key"))) == ("sv", True)


def test_images_come_in_several_widths(example_site: ExampleSite) -> None:
    tree = example_site.page("/sv/")
    sources = tree.xpath("//main//picture//@srcset")
    assert len(sources) >= 2
    assert all(source.count("w") >= 2 for source in sources)
    assert tree.xpath("//main//picture//img/@alt") != [""]


def test_sitemap_has_each_real_page_with_its_languages(example_site: ExampleSite) -> None:
    sitemap = etree.parse(str(example_site.output / "sitemap.xml"))
    found = {
        url.findtext("s:loc", namespaces=XML): (
            url.findtext("s:lastmod", namespaces=XML),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", XML)},
        )
        for url in sitemap.findall("s:url", XML)
    }
    assert found == {
        f"{SITE}{page['path']}": (
            page["modified_at"],
            {each["locale"]: f"{SITE}{each['path']}" for each in page["translations"]},
        )
        for page in example_site.pages
    }


@pytest.mark.parametrize("language", ["sv", "smj"])
def test_feed_has_the_stories(example_site: ExampleSite, language: str) -> None:
    feed = etree.parse(str(example_site.output / language / "feed.xml"))
    stories = [page for page in example_site.pages if page["type"] == "strategy.StoryPage"]
    ids = [entry.findtext("a:id", namespaces=XML) for entry in feed.findall("a:entry", XML)]
    assert len(ids) == len(set(ids)) > 0
    assert set(ids) == {f"urn:uuid:{story['key']}" for story in stories}


def test_stories_are_listed_by_what_they_have_in_common(example_site: ExampleSite) -> None:
    stories = [
        page
        for page in example_site.pages
        if page["type"] == "strategy.StoryPage" and page["meta"]["locale"] == "sv"
    ]
    start = "hit-gick-pengarna"
    expected = {f"kind/{story['kind']}" for story in stories}
    expected |= {f"year/{story['year']}" for story in stories}
    expected |= {f"municipality/{story['municipality']['code']}" for story in stories}
    lists = {
        path.removesuffix("/index.html").removeprefix(f"smj/{start}/")
        for path in example_site.files()
        if path.startswith(f"smj/{start}/") and path.count("/") == 4
    }
    assert {each for each in lists if not each.startswith("area/")} == expected
    assert any(each.startswith("area/") for each in lists)
    companies = example_site.page(f"/smj/{start}/kind/company/").xpath("//main//li/h2/a")
    assert len(companies) == sum(story["kind"] == "company" for story in stories)


def test_only_what_changed_is_made_anew(example_site: ExampleSite, tmp_path: Path) -> None:
    """A lead changes: its page, what shows the lead, and the sitemap; nothing else."""
    nothing = example_site.build()
    assert nothing.asked == ["/api/v3/changes/", "/api/v3/languages/"]
    assert nothing.report["made"] == nothing.report["removed"] == 0

    before = example_site.files()
    example_site.change(CHANGE_LEAD)
    built = example_site.build()
    after = example_site.files()
    assert built.asked == ["/api/v3/changes/", "/api/v3/languages/"]
    changed = {path for path in after if after[path] != before.get(path)}
    parents = {
        path for path in after if path.split("/")[1:] == ["utvecklingsomraden", "index.html"]
    }
    pages = {path for path in after if path.endswith("utvecklingsomraden/kultur/index.html")}
    assert f"{CULTURE.strip('/')}/index.html" in pages
    # English has its own lead, and readers are told that it is out of date.
    english = {"en/development-areas/culture/index.html", "en/development-areas/index.html"}
    assert changed - english == pages | parents | {"sitemap.xml"}
    assert "en/development-areas/culture/index.html" in changed
    # The list of languages is made anew as well: it rounds the shares that have changed.
    assert built.report["made"] <= len(pages | parents | english) + 2
    assert LEAD in example_site.page(CULTURE).text_content()

    # What was made bit by bit is what is made at once.
    whole = tmp_path / "whole"
    example_site.build(SITE_OUTPUT=str(whole), SITE_STATE=str(tmp_path / "state"))
    assert example_site.files(whole) == after


@pytest.fixture
def secret() -> str:
    return new_secret()


@pytest.fixture
def address(example_site: ExampleSite, secret: str) -> Iterator[str]:
    """The address of the program that listens for webhooks."""
    with receiver(example_site, secret) as address:
        yield address


def test_a_verified_message_makes_the_site_anew(
    example_site: ExampleSite, address: str, secret: str
) -> None:
    deadline = time.monotonic() + 60
    # It catches up when it starts.
    while not example_site.counted.paths:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    story = next(
        page
        for page in example_site.pages
        if page["type"] == "strategy.StoryPage" and page["meta"]["locale"] == "sv"
    )
    file = example_site.output / story["path"].strip("/") / "index.html"
    assert file.exists()
    example_site.change(TAKE_AWAY.format(key=story["key"]))
    time.sleep(1)
    example_site.counted.taken()

    message = json.dumps({"type": "documents.changed", "data": {}})
    assert send(address, new_secret(), message) == 401
    assert send(address, secret, json.dumps({"type": "webhook.test"})) == 204
    time.sleep(0.5)
    assert example_site.counted.paths == []
    assert file.exists()

    assert send(address, secret, message) == 204
    while file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert sorted(example_site.counted.paths) == ["/api/v3/changes/", "/api/v3/languages/"]


WIDTHS = (1360, 390)
UNFOLD = "() => document.querySelectorAll('details').forEach((each) => (each.open = true))"
RUN_AXE = """async () => {
    const { violations } = await axe.run();
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
}"""


@pytest.mark.browser
def test_axe_finds_nothing(example_site: ExampleSite) -> None:
    """Each kind of page at a width, in turn; in the release at both. At one, all is unfolded."""
    axe = (example_site.folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    kinds = kinds_of_pages(example_site)
    assert len(kinds) > 15
    found: list[str] = []
    with served(example_site) as url, browser_tab(url) as tab:
        # What images show is not looked at, and takes most of the time.
        tab.route("**/media/**", lambda route: route.abort())
        for number, address in enumerate(kinds):
            for width in [*WIDTHS, *WIDTHS][number % 2 :][: amount(1, 2)]:
                tab.set_viewport_size({"width": width, "height": 900})
                tab.goto(address)
                tab.evaluate(axe)
                if width == WIDTHS[0]:
                    tab.evaluate(UNFOLD)
                found += [f"{address} at {width}: {each}" for each in tab.evaluate(RUN_AXE)]
                tab.evaluate(UNFOLD)
                assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []


IN_A_FRAME = """(address) => {
    window.told = [];
    window.addEventListener("message", ({ data }) => window.told.push(data));
    document.body.innerHTML = `<iframe src="${address}" width="1300" height="800"></iframe>`;
}"""


@pytest.mark.browser
def test_a_draft_is_shown_and_leads_to_its_fields(example_site: ExampleSite) -> None:
    """With the functions that make the pages; in the frame of the CMS a click opens the field."""
    admin = example_site.cms.url
    token = example_site.change(DRAFT.format(admin=admin)).split()[-1]
    with served(example_site) as url, browser_tab(admin) as tab:
        tab.goto("/api/v3/languages/")
        tab.evaluate(IN_A_FRAME, f"{url}/preview/?token={token}")
        frame = tab.frame_locator("iframe")
        expect(frame.locator("#draft h1")).to_have_text("Kultur i utkast")
        shown = frame.locator("[data-cms-pointer]")
        pointers = set(shown.evaluate_all("all => all.map((one) => one.dataset.cmsPointer)"))
        assert {"/title", "/lead", "/contact_name", "/body/0/value/text"} <= pointers
        # A list of goals, an image and a contact are there as on the page itself.
        assert frame.locator("#draft h2").count() > 3
        frame.locator("[data-cms-pointer='/lead']").click()
        tab.wait_for_function("window.told.length")
        [told] = tab.evaluate("window.told")
        # Without a token nothing is shown, and it is said.
        tab.goto(f"{url}/preview/?token=x")
        expect(tab.get_by_text("gäller inte längre")).to_be_visible()
    assert told["type"] == "cms:open"
    assert told["address"].startswith(f"{admin}/admin/pages/")
    assert "lead" in told["address"]


def test_the_tour_of_the_readme_runs(
    example_site: ExampleSite, packed_client: PackedClient
) -> None:
    """Its blocks are one program; that it compiles is tested with the client."""
    folder = example_site.folder / "tour"
    folder.mkdir()
    address = f'"{example_site.counted.url}/api/v3/"'
    program = tour().replace('"http://127.0.0.1:8000/api/v3/"', address)
    # The last block would listen for ever.
    (folder / "tour.ts").write_text(f"{program}\nserver.close();\n", encoding="utf-8")
    run(folder, packed_client.tool("esbuild"), "tour.ts", "--outfile=tour.js", "--format=esm")
    printed = run(folder, str(NODE), "tour.js")
    assert "anew: true" in printed
    assert "/smj/hit-gick-pengarna/" in printed
    assert '<article lang="sv" dir="ltr">' in printed
