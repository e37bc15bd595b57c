/** Documents and answers for the tests of the client. */

import { createHash } from "node:crypto";

export const LANGUAGES = [
  { code: "sv", name: "svenska", direction: "ltr", fallbacks: [], is_source: true },
  { code: "fi", name: "suomi", direction: "ltr", fallbacks: ["sv"], is_source: false },
  { code: "fit", name: "meänkieli", direction: "ltr", fallbacks: ["fi", "sv"], is_source: false },
  { code: "yi", name: "ייִדיש", direction: "rtl", fallbacks: ["sv"], is_source: false },
];

/** A page with what the client reads of it. */
export function page(key, locale, more = {}) {
  const { slug = key, trail = [], ...rest } = more;
  const path = `/${locale}/${[...trail.slice(1), key].slice(trail.length ? 0 : 1).join("/")}/`;
  return {
    key,
    type: "home.ContentPage",
    meta: { type: "home.ContentPage", locale, slug, show_in_menus: true },
    title: `${key} in ${locale}`,
    path: path.replace("//", "/"),
    language: locale,
    languages: {},
    translations: [],
    position: 1,
    parent: null,
    breadcrumbs: [...trail, key].map((each) => ({ key: each })),
    ...rest,
  };
}

export const redirect = {
  key: "redirect",
  type: "redirects.Redirect",
  meta: { type: "redirects.Redirect" },
  path: "/old/",
  target: "/sv/new/",
  permanent: true,
};

export const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** An export of documents, line by line. */
export function exported(cursor, documents) {
  const languages = [{ documents: documents.filter(({ meta }) => meta.locale).length }];
  return [{ cursor, languages }, ...documents].map((each) => `${JSON.stringify(each)}\n`).join("");
}

export function published(document) {
  return {
    op: "publish",
    key: document.key,
    locale: document.meta.locale ?? null,
    digest: sha256(JSON.stringify(document)),
    document,
  };
}

/** An API that answers what it is told, one answer after the other, and notes what it was asked. */
export function answering(...answers) {
  const asked = [];
  const fetch = async (url) => {
    asked.push(url.pathname + url.search);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`Nobody expected ${url}`);
    return answer instanceof Response ? answer : new Response(chunked(answer));
  };
  return { asked, fetch };
}

/** A body in pieces that end in the middle of lines and of letters. */
function chunked(body) {
  const bytes = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.subarray(at, at + 7));
      controller.close();
    },
  });
}
