/** Pages of the site's own: the languages, what is not found, drafts. */

import type { TrackedView } from "../content.js";
import { html, raw } from "../html.js";
import { API } from "../settings.js";
import { layout, type Frame } from "./layout.js";

function frame(view: TrackedView, title: string, main: Frame["main"]): string {
  return layout(view, {
    title,
    description: "",
    address: "",
    language: view.words.code,
    page: null,
    switchKey: null,
    canonical: null,
    main,
  });
}

/** The way into each language, and how much of it there is. */
export function languagesPage(view: TrackedView): string {
  const { texts } = view.words;
  return frame(view, texts.languages, (speaker) => html`<h1>${texts.languages}</h1>
<div class="scroll" role="region" tabindex="0" aria-label="${texts.coverage}"><table>
<caption>${texts.coverage}</caption>
<thead><tr><th scope="col">${texts.languageName}</th><th scope="col">${texts.livePages}</th><th scope="col">${texts.coverageShare}</th></tr></thead>
<tbody>${view.coverage().map(
    ({ code, name, pages, coverage }) => html`<tr><th scope="row"><a href="/${code}/" hreflang="${code}"${speaker.lang(code)}>${name}</a></th><td>${pages}</td><td>${speaker.number(coverage, { style: "percent" })}</td></tr>`,
  )}</tbody></table></div>`);
}

export function notFoundPage(view: TrackedView): string {
  const { texts } = view.words;
  return frame(view, texts.notFound, () => html`<h1>${texts.notFound}</h1>
<p>${texts.notFoundText}</p>`);
}

/** A place for a draft: a script puts it there. */
export function draftPage(view: TrackedView): string {
  const { texts } = view.words;
  return frame(view, texts.draft, () => html`<p class="notice">${texts.draft}. ${texts.draftEdit}</p>
<div id="draft" data-api="${API}"><h1>${texts.draft}</h1><p hidden>${texts.draftNone}</p></div>
${raw('<script type="module" src="/static/preview.js"></script>')}`);
}
