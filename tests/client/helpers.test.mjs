import assert from "node:assert/strict";
import { test } from "node:test";

import {
  attributes,
  createSite,
  isSafe,
  languageAt,
  markAt,
  match,
  nest,
  noticeOf,
  picture,
  pointer,
  renderBlocks,
  rewriteLinks,
  srcset,
} from "@regional-cms/client";

import { LANGUAGES, page } from "./documents.mjs";

const PARTIAL = page("home", "yi", {
  languages: { "/title": "sv", "/introduction": "mul", "/body/0/value": "fi", "/meta/a~1b": "fi" },
  translations: [{ locale: "sv", status: "source" }, { locale: "yi", status: "partial" }],
});

test("each text has its language, and a mark where it is another", () => {
  assert.equal(languageAt(PARTIAL, "/title"), "sv");
  assert.equal(languageAt(PARTIAL, "/vision"), "yi");
  assert.equal(languageAt(PARTIAL, "/body/0/value/text"), "fi");
  assert.equal(languageAt(PARTIAL, "/body/01"), "yi");
  assert.equal(languageAt(PARTIAL, pointer("meta", "a/b")), "fi");
  assert.deepEqual(markAt(PARTIAL, "/title", LANGUAGES), { lang: "sv", dir: "ltr" });
  assert.equal(markAt(PARTIAL, "/vision", LANGUAGES), null);
  assert.equal(markAt(PARTIAL, "/introduction", LANGUAGES), null);
  assert.deepEqual(markAt(PARTIAL, "/vision", LANGUAGES, "sv"), { lang: "yi", dir: "rtl" });
  assert.equal(markAt(PARTIAL, "/title", LANGUAGES, "sv"), null);
  assert.equal(attributes(markAt(PARTIAL, "/title", LANGUAGES)), ' lang="sv" dir="ltr"');
  assert.equal(attributes(null), "");
});

test("readers are told what is not in their language", () => {
  assert.deepEqual(noticeOf(PARTIAL, "yi"), { kind: "partial", languages: ["sv", "fi"] });
  assert.deepEqual(noticeOf(page("a", "sv"), "fi"), { kind: "fallback", languages: ["sv"] });
  const translations = [{ locale: "fi", status: "outdated" }];
  assert.equal(noticeOf(page("a", "fi", { translations }), "fi").kind, "outdated");
  assert.equal(noticeOf(page("a", "sv"), "sv"), null);
});

test("links with a key lead where the site says, and nothing else changes", () => {
  const html =
    '<p>1 &lt; 2 <a href="/sv/a/" data-key="k1" hreflang="sv">a</a> <a href="https://x.org/">b</a>' +
    " <abbr data-key=\"k1\">c</abbr> <a title='a > b' data-key=\"k2\" data-type=\"t\" href=\"/sv/b/?x=1&amp;y=2\">d</a></p>";
  const asked = [];
  const led = rewriteLinks(html, (link) => {
    asked.push(link);
    return link.key === "k1" ? '/site/a/?"<>&' : null;
  });
  assert.deepEqual(asked, [
    { key: "k1", type: "", href: "/sv/a/" },
    { key: "k2", type: "t", href: "/sv/b/?x=1&y=2" },
  ]);
  assert.equal(
    led,
    html.replace('href="/sv/a/"', 'href="/site/a/?&#34;&#60;&#62;&#38;"'),
  );
});

test("no address that runs a program gets into a page", () => {
  const unsafe = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "http://[",
  ];
  for (const address of unsafe) {
    assert.equal(isSafe(address), false, address);
    const html = '<a href="/sv/" data-key="k">a</a>';
    assert.equal(rewriteLinks(html, () => address), html);
  }
  for (const address of ["/sv/", "a/b", "?a=1", "#top", "https://x.org/", "//x.org/"]) {
    assert.equal(isSafe(address), true, address);
  }
});

test("a rich text that nobody closed takes no time", () => {
  const html = '<a title="'.repeat(20_000);
  const before = performance.now();
  assert.equal(rewriteLinks(html, () => "/"), html);
  assert.ok(performance.now() - before < 2000);
});

const IMAGE = {
  alt: 'A "river"',
  width: 1600,
  height: 900,
  focal_point: { x: 0.25, y: 0.3333 },
  renditions: [
    { url: "/m/a.1600.jpg", width: 1600, height: 900, format: "jpeg" },
    { url: "/m/a,480.jpg", width: 480, height: 270, format: "jpeg" },
    { url: "/m/a.480.webp", width: 480, height: 270, format: "webp" },
  ],
};

test("a picture offers every format and width", () => {
  assert.equal(srcset(IMAGE, "webp"), "/m/a.480.webp 480w");
  const mark = { lang: "yi", dir: "rtl" };
  assert.equal(
    picture(IMAGE, { sizes: "50vw", mark }),
    '<picture><source type="image/webp" srcset="/m/a.480.webp 480w" sizes="50vw">' +
      '<img src="/m/a,480.jpg" srcset="/m/a.1600.jpg 1600w, /m/a%2C480.jpg 480w" sizes="50vw"' +
      ' width="480" height="270" alt="A &#34;river&#34;" loading="lazy"' +
      ' style="object-position: 25% 33.33%" lang="yi" dir="rtl"></picture>',
  );
  assert.match(picture(IMAGE, { alt: "", loading: "eager", width: 2000 }), /1600\.jpg".* alt="" loading="eager"/);
  assert.equal(picture({ ...IMAGE, renditions: [] }), "");
});

test("each type has its renderer; one that nobody knew is said", () => {
  const blocks = [{ type: "a", value: 1 }, { type: "b", value: 2 }];
  const renderers = { a: ({ value }, at) => `${at}=${value}`, b: ({ value }) => `b${value}` };
  assert.deepEqual(renderBlocks(blocks, renderers), ["/body/0=1", "b2"]);
  assert.throws(() => match({ type: "constructor" }, renderers), /Unknown type: constructor/);
});

const DOCUMENTS = [
  page("b", "sv", { trail: ["home"], slug: "b-sv", position: 2, path: "/sv/b-sv/" }),
  page("home", "sv", { path: "/sv/" }),
  page("home", "fi", { path: "/fi/" }),
  page("a", "sv", { trail: ["home"], slug: "a-sv", position: 1, path: "/sv/a-sv/" }),
  page("a", "fi", { trail: ["home"], slug: "a-fi", position: 1, path: "/fi/a-fi/" }),
  page("c", "sv", { trail: ["home", "a"], slug: "c-sv", position: 3, path: "/sv/a-sv/c-sv/" }),
  page("hides", "fi", { trail: ["home"], slug: "b-sv", position: 4, path: "/fi/b-sv/" }),
];

test("a language has each page once, in the editors' order, at an address of its own", () => {
  const site = createSite(DOCUMENTS, LANGUAGES);
  const shown = (nodes) =>
    nodes.map(({ address, own, children }) => [address, own, shown(children)]);
  assert.deepEqual(shown(site.tree("sv")), [
    ["/sv/", true, [["/sv/a-sv/", true, [["/sv/a-sv/c-sv/", true, []]]], ["/sv/b-sv/", true, []]]],
  ]);
  assert.deepEqual(shown(site.tree("fit")), [
    [
      "/fit/",
      false,
      [
        ["/fit/a-fi/", false, [["/fit/a-fi/c-sv/", false, []]]],
        // The Finnish page and the Swedish one want one address: the first has it.
        ["/fit/b-sv/", false, []],
        ["/fi/b-sv/", false, []],
      ],
    ],
  ]);
  // In Finnish a real page stands where the Swedish one would.
  assert.equal(site.places("fi").get("b").address, "/sv/b-sv/");
  assert.equal(site.places("fi").get("hides").address, "/fi/b-sv/");
  assert.equal(site.best("a", "fit").language, "fi");
  assert.equal(site.best("b", "fit").language, "sv");
  assert.deepEqual(site.all("home.ContentPage", "sv").map(({ key }) => key), ["home", "a", "b", "c"]);
});

test("an item whose parent is not there comes first", () => {
  const items = [
    { key: "x", position: 2, above: "gone" },
    { key: "y", position: 1, above: null },
  ];
  assert.deepEqual(nest(items, ({ above }) => above).map(({ key }) => key), ["y", "x"]);
});
