/** The language that each text is really in, and what to tell readers about it. */

import { escape } from "./html.js";

/** What a language must tell of itself; `languages/` and the head of an export both do. */
export interface Speech {
  code: string;
  direction: "ltr" | "rtl";
  fallbacks: readonly string[];
}

/** What `lang` and `dir` of an element must be. */
export interface Mark {
  lang: string;
  dir: "ltr" | "rtl";
}

/** What tells the languages of its texts: any document that has a language. */
export interface Spoken {
  language: string;
  languages: Readonly<Record<string, string>>;
}

type Translated = Spoken & {
  meta: { locale?: string | null };
  translations: readonly { locale: string; status: string }[];
};

const SEVERAL = "mul";

/** The JSON Pointer (RFC 6901) of a place in a document. */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

/** The code of the language of the text at a pointer; `mul` where its paragraphs say it themselves. */
export function languageAt(document: Spoken, at: string): string {
  for (let place = at; place !== ""; place = place.slice(0, place.lastIndexOf("/"))) {
    const code = document.languages[place];
    if (code !== undefined) return code;
  }
  return document.language;
}

/** The mark of a language. A language that nobody has told of reads from left to right. */
export function markOf(code: string, languages: readonly Speech[]): Mark {
  const known = languages.find((language) => language.code === code);
  return { lang: code, dir: known?.direction ?? "ltr" };
}

/**
 * The mark that the element with the text at a pointer needs, or null: where the text is in the
 * language of what stands around, and where each of its paragraphs has its own.
 *
 * @param around the language of the element around it; the document's own unless told otherwise
 */
export function markAt(
  document: Spoken,
  at: string,
  languages: readonly Speech[],
  around: string = document.language,
): Mark | null {
  const code = languageAt(document, at);
  return code === around || code === SEVERAL ? null : markOf(code, languages);
}

/** A mark as attributes, with a space before each; nothing without one. */
export function attributes(mark: Mark | null): string {
  return mark === null ? "" : ` lang="${escape(mark.lang)}" dir="${mark.dir}"`;
}

/** What readers of a language should be told of a document. */
export interface Notice {
  /**
   * `fallback`: the whole document is in another language. `partial`: some of its texts are.
   * `outdated`: it is translated, and the source has changed since.
   */
  kind: "fallback" | "partial" | "outdated";
  /** The other languages that readers will meet. */
  languages: string[];
}

/** The notice that a document needs for readers of a language, or null. */
export function noticeOf(document: Translated, wanted: string): Notice | null {
  if ((document.meta.locale ?? document.language) !== wanted) {
    return { kind: "fallback", languages: [document.language] };
  }
  const status = document.translations.find(({ locale }) => locale === wanted)?.status;
  if (status === "partial") {
    const others = new Set([document.language, ...Object.values(document.languages)]);
    others.delete(wanted);
    others.delete(SEVERAL);
    return { kind: "partial", languages: [...others] };
  }
  return status === "outdated" ? { kind: "outdated", languages: [] } : null;
}

/** The first of a language and its fallbacks that something is found in. */
export function firstOf<Found>(
  locale: string,
  languages: readonly Speech[],
  find: (code: string) => Found | undefined,
): Found | undefined {
  const known = languages.find((language) => language.code === locale);
  for (const code of [locale, ...(known?.fallbacks ?? [])]) {
    const found = find(code);
    if (found !== undefined) return found;
  }
  return undefined;
}
