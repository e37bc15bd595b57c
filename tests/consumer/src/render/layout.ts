/** The frame of every page: head, menu, language switch, foot. */

import { attributes, markOf, type DocumentOf, type Page } from "@regional-cms/client";

import type { TrackedView } from "../content.js";
import { html, raw, type Html } from "../html.js";
import { SITE } from "../settings.js";
import { notice } from "./notice.js";
import { Speaker } from "./speaker.js";

export interface Frame {
  title: string;
  description: string;
  address: string;
  /** The language of the content. */
  language: string;
  /** The page that is shown; null for what the site adds, such as a list. */
  page: Page | null;
  /** The key of the page whose other languages the switch leads to. */
  switchKey: string | null;
  /** Where search engines find the same; null where they should not look. */
  canonical: string | null;
  main: (speaker: Speaker) => Html;
}

/** A whole page. */
export function layout(view: TrackedView, frame: Frame): string {
  const { language, page } = frame;
  const mark = attributes(markOf(language, view.languages));
  const speaker = new Speaker(view, language);
  const words = view.words.code;
  const outside = speaker.within(words);
  const [start, ...menu] = view.menu();
  const settings = view.all("home.SiteSettings")[0];
  const name = settings?.name || (start?.title ?? "");
  const home = start?.address ?? "/";
  const image = page !== null && "image" in page ? page.image : (settings?.social_image ?? null);
  return `<!doctype html>
${html`<html${raw(mark)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title === name ? name : `${frame.title} – ${name}`}</title>
${frame.description !== "" && html`<meta name="description" content="${frame.description}">
<meta property="og:description" content="${frame.description}">`}
<meta property="og:title" content="${frame.title}">
${image !== null && html`<meta property="og:image" content="${image.renditions.at(-1)?.url}">`}
${frame.canonical === null ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${SITE}${frame.canonical}">`}
${page !== null && alternates(page)}
<link rel="alternate" type="application/atom+xml" href="/${view.locale}/feed.xml" title="${view.words.texts.feed}">
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<a class="skip" href="#content"${speaker.lang(words)}>${view.words.texts.skip}</a>
<header${speaker.lang(words)}>
<div class="wide"><a class="name" href="${home}">${settings?.name ? outside.inline(settings, "/name", settings.name) : start && outside.name(start)}</a>
<nav aria-label="${view.words.texts.menu}"><ul>${menu.map(
    (item) => html`<li><a href="${item.address}" hreflang="${item.language}"${item.address === frame.address && html` aria-current="page"`}>${outside.name(item)}</a></li>`,
  )}</ul></nav>
${languageSwitch(view, outside, frame)}</div>
</header>
<main id="content"${page !== null && html` data-key="${page.key}"`}>
${page !== null && breadcrumbs(speaker, page)}
${page !== null && notice(speaker, page)}
${frame.main(speaker)}
</main>
<footer${speaker.lang(words)}><div class="wide">
${settings !== undefined && html`${settings.tagline !== "" && outside.text("p", settings, "/tagline", settings.tagline)}
${outside.rich(settings, "/contact", settings.contact)}
${outside.rich(settings, "/footer", settings.footer)}
${accessibility(outside, settings)}`}
<p><a href="/${view.locale}/feed.xml">${view.words.texts.feed}</a></p>
<p><a href="/">${view.words.texts.coverage}</a></p>
</div></footer>
</body>
</html>`}
`;
}

/** The way to the accessibility statement: a page, or an address elsewhere. */
function accessibility(speaker: Speaker, settings: DocumentOf<"home.SiteSettings">): Html {
  const { accessibility_statement: page, accessibility_address: address } = settings;
  if (page !== null) return html`<p>${speaker.link(page)}</p>`;
  if (address === "") return html``;
  return html`<p><a href="${address}">${speaker.words("accessibility")}</a></p>`;
}

/** The same page in the languages in which it really is. */
function alternates(page: Page): Html {
  if (page.translations.length < 2) return html``;
  return html`${page.translations.map(
    ({ locale, path }) => html`<link rel="alternate" hreflang="${locale}" href="${SITE}${path}">
`,
  )}`;
}

/** Every language by its own name, with the language that readers will meet where it is another. */
function languageSwitch(view: TrackedView, speaker: Speaker, frame: Frame): Html {
  if (frame.switchKey === null) return html``;
  const nameOf = (code: string): string =>
    view.languages.find((language) => language.code === code)?.name ?? code;
  const items = view.versions(frame.switchKey).map(({ code, target }) => {
    const isHere = code === view.locale;
    const other =
      target.language !== code &&
      html` <small${speaker.lang(target.language)}>(${nameOf(target.language)})</small>`;
    return html`<li><a href="${target.address}" hreflang="${target.language}"${isHere && html` aria-current="true"`}><span${speaker.lang(code)}>${nameOf(code)}</span>${other}</a></li>`;
  });
  return html`<details class="languages"><summary><span class="label">${view.words.texts.languages}: </span><span${speaker.lang(view.locale)}>${nameOf(view.locale)}</span></summary>
<ul>${items}</ul></details>`;
}

function breadcrumbs(speaker: Speaker, page: Page): Html {
  const above = page.breadcrumbs.slice(0, -1);
  if (above.length === 0) return html``;
  return html`<nav class="breadcrumbs" aria-label="${speaker.view.words.texts.breadcrumbs}"><ol>${above.map(
    (crumb) => html`<li>${speaker.link(crumb)}</li>`,
  )}</ol></nav>`;
}
