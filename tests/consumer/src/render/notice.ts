/** A word to readers of why a page is not in their language. */

import { noticeOf, type Page } from "@regional-cms/client";

import { fill, html, type Html } from "../html.js";
import type { Speaker } from "./speaker.js";

/** What readers should know of the language of a page. */
export function notice(speaker: Speaker, page: Page): Html {
  const { view } = speaker;
  const found = noticeOf(page, view.locale);
  if (found === null) return html``;
  const outside = speaker.within(view.words.code);
  const nameOf = (code: string): Html => {
    const language = view.languages.find((each) => each.code === code);
    return html`<span${outside.lang(code)}>${language?.name ?? code}</span>`;
  };
  const named = found.languages.map((code, index) => html`${index > 0 && ", "}${nameOf(code)}`);
  const text = fill(view.words.texts[found.kind], {
    wanted: nameOf(view.locale),
    language: html`${named}`,
  });
  return html`<p class="notice"${speaker.lang(view.words.code)}>${text}</p>`;
}
