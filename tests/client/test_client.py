"""The npm package for other sites: packed, installed into an empty project, used there."""

import json
import re
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, sync_playwright

from cms.delivery.webhooks.signing import new_secret, signature_headers
from tests.chromium import chromium_path
from tests.client.packing import CLIENT, PackedClient, readme, run, tour
from tests.harness.node_packages import NODE, NPM, node_is_new_enough
from tests.running.browsing import QUIET

pytestmark = pytest.mark.skipif(
    not node_is_new_enough(), reason="npm and Node.js 20 are not installed; see .ci/run"
)

HERE = Path(__file__).parent
MOST_BYTES = {"index.js": 8000, "node.js": 2000, "preview.js": 3000, "webhook.js": 1200}
"""Of each entry, minified: what a page loads, and what servers alone use."""


@pytest.fixture(scope="module")
def project(packed_client: PackedClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with the client in it."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "package.json").write_text('{"type": "module", "private": true}', encoding="utf-8")
    package = str(packed_client.package)
    run(folder, str(NPM), "install", "--offline", "--no-audit", "--no-fund", package)
    return folder


def messages() -> list[dict[str, Any]]:
    """Messages as the CMS signs them, genuine and not."""
    secret, now = new_secret(), datetime.now(tz=UTC)
    body = '{"type": "documents.changed", "data": {"å": "ä\u2028"}}'

    def signed(by: str, age: timedelta = timedelta()) -> dict[str, str]:
        return signature_headers([new_secret(), by], "msg_1", now - age, body)

    genuine = signed(secret)
    return [
        {"name": name, "secret": secret, "headers": headers, "body": sent, "genuine": expected}
        for name, headers, sent, expected in [
            ("as it was sent", genuine, body, True),
            ("that was changed", genuine, body.replace("å", "a"), False),
            ("of somebody else", signed(new_secret()), body, False),
            ("that is too old", signed(secret, timedelta(hours=1)), body, False),
            ("of the future", signed(secret, timedelta(hours=-1)), body, False),
            ("of another name", genuine | {"webhook-id": "msg_2"}, body, False),
            ("of another time", genuine | {"webhook-timestamp": "1e99"}, body, False),
            ("without a time", genuine | {"webhook-timestamp": ""}, body, False),
            ("of another version", _with_version(genuine, "v2"), body, False),
            ("with half a signature", genuine | {"webhook-signature": "v1,*"}, body, False),
            ("without anything", {}, body, False),
        ]
    ]


def _with_version(headers: dict[str, str], version: str) -> dict[str, str]:
    signature = headers["webhook-signature"].replace("v1,", f"{version},")
    return headers | {"webhook-signature": signature}


def test_helpers_and_mirror_work_in_node(project: Path) -> None:
    """By Node's own test runner, with the client as it was installed."""
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, project)
    (project / "messages.json").write_text(json.dumps(messages()), encoding="utf-8")
    output = run(project, str(NODE), "--test", "--test-reporter=tap")
    assert "# fail 0" in output
    # A runner that finds no test passes too.
    [passed] = [line for line in output.splitlines() if line.startswith("# pass ")]
    assert int(passed.split()[-1]) > 30


def test_package_is_small_and_needs_nothing(packed_client: PackedClient) -> None:
    described = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in described
    assert "peerDependencies" not in described
    with tarfile.open(packed_client.package) as packed:
        names = set(packed.getnames())
    assert {"package/package.json", "package/README.md", "package/dist/schema.d.ts"} <= names
    assert all(
        name.startswith("package/dist/")
        for name in names - {"package/package.json", "package/README.md"}
    )
    for entry in described["exports"].values():
        assert {f"package/{path.removeprefix('./')}" for path in entry.values()} <= names


def test_entries_are_small(packed_client: PackedClient) -> None:
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--platform=node"]
    for entry, most in MOST_BYTES.items():
        code = run(packed_client.folder, packed_client.tool("esbuild"), *options, f"dist/{entry}")
        assert 0 < len(code.encode()) <= most, entry


def test_schema_is_made_anew_and_holds_nothing_of_writing(project: Path) -> None:
    types = (project / "node_modules/@regional-cms/client/dist/schema.d.ts").read_text(
        encoding="utf-8"
    )
    assert '"/api/v3/changes/"' in types
    assert "CreateSchema" not in types
    assert "requestBody?: never" in types
    assert "requestBody:" not in types


RENDERING = """
import { escape, renderBlocks, rewriteLinks } from "@regional-cms/client";
import type { Block, BlockOf } from "@regional-cms/client";
type Renderers = { [Type in Block["type"]]: (block: BlockOf<Type>, at: string) => string };
declare const all: Renderers;
const { quote, ...some } = all;
export const whole = (blocks: readonly Block[]): string[] => renderBlocks(blocks, all);
// @ts-expect-error One is missing.
export const part = (blocks: readonly Block[]): string[] => renderBlocks(blocks, some);
export const own = (blocks: readonly Block[]): string[] =>
  renderBlocks<Block, string>(blocks, {
    ...all,
    heading: ({ value }) => `${value.level.toFixed()} ${value.text}`,
    // @ts-expect-error A quote has no level.
    quote: ({ value }) => value.level,
  });
export const texts = ({ value }: BlockOf<"fact_box">): string[] => [
  escape(value.title),
  rewriteLinks(value.text, () => null),
  // @ts-expect-error A plain text is no HTML.
  rewriteLinks(value.title, () => null),
  // @ts-expect-error HTML is no plain text.
  escape(value.text),
];
export const strange = (blocks: readonly Block[]): string[] =>
  renderBlocks<Block, string>(blocks, {
    ...all,
    // @ts-expect-error There is no such block.
    carousel: () => "",
  });
"""


def test_a_block_without_a_renderer_does_not_compile(
    project: Path, packed_client: PackedClient
) -> None:
    """The compiler complains where it is expected to; of the README's tour, nowhere."""
    shutil.copytree(
        packed_client.folder / "node_modules" / "@types", project / "node_modules/@types"
    )
    shutil.copytree(
        packed_client.folder / "node_modules" / "undici-types",
        project / "node_modules/undici-types",
    )
    (project / "render.ts").write_text(RENDERING, encoding="utf-8")
    (project / "tour.ts").write_text(tour(), encoding="utf-8")
    options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"]
    options += ["--verbatimModuleSyntax", "--module", "nodenext", "--target", "es2022"]
    options += ["--skipLibCheck", "--types", "node"]
    assert run(project, packed_client.tool("tsc"), *options, "render.ts", "tour.ts") == ""
    # What the README says is no stricter.
    [command] = re.findall(r"npx tsc (.+) tour\.ts && node", readme())
    assert set(command.split()) <= set(options)


IN_A_PAGE = """
import { catchUp, createApi, createSite, MemoryStore, picture } from "@regional-cms/client";
import { verify } from "@regional-cms/client/webhook";
const api = createApi(new URL("/api/v3/", location.href).href);
const store = new MemoryStore();
const caught = await catchUp(api, store);
const site = createSite([...store.documents.values()].map((kept) => kept.document), []);
const digests = [...store.documents.values()].map((kept) => kept.digest.length);
const image = { alt: "", width: 1, height: 1, focal_point: null, renditions: [] };
const forged = await verify("whsec_AAAA", { "webhook-id": "1" }, "{}");
window.shown = [caught, [...site.places("sv").keys()], digests, picture(image), forged];
"""


def answer(route: Route, *, kind: str, body: str) -> None:
    """Answer a request of the browser instead of a server."""
    route.fulfill(content_type=kind, body=body)


@pytest.mark.browser
def test_client_works_in_a_browser(project: Path, packed_client: PackedClient) -> None:
    (project / "page.js").write_text(IN_A_PAGE, encoding="utf-8")
    code = run(project, packed_client.tool("esbuild"), "--bundle", "--format=esm", "page.js")
    page = {
        "key": "k",
        "type": "home.HomePage",
        "meta": {"locale": "sv", "slug": "sv"},
        "path": "/sv/",
        "position": 1,
        "breadcrumbs": [{"key": "k"}],
    }
    header = {"cursor": "c", "languages": [{"documents": 1}]}
    bodies = {
        "/": (
            "text/html",
            "<!doctype html><title>x</title><script type=module src=/x.js></script>",
        ),
        "/x.js": ("text/javascript", code),
        "/api/v3/export/all.ndjson": (
            "application/x-ndjson",
            "".join(f"{json.dumps(line)}\n" for line in (header, page)),
        ),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        tab = browser.new_page()
        for path, (kind, body) in bodies.items():
            # A browser gives WebCrypto to secure origins alone, and takes localhost for one.
            tab.route(f"http://localhost{path}", partial(answer, kind=kind, body=body))
        tab.goto("http://localhost/")
        tab.wait_for_function("window.shown")
        shown = tab.evaluate("window.shown")
        browser.close()
    assert shown == [{"anew": True, "changes": 1}, ["k"], [64], "", None]


def test_lock_files_record_no_download_addresses() -> None:
    for folder in (CLIENT, CLIENT.parents[1] / "tests" / "consumer"):
        assert "resolved" not in (folder / "package-lock.json").read_text(encoding="utf-8")
