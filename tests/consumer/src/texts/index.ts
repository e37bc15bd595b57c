/** The site's own words and the CMS's labels, in the languages that somebody has written them in. */

import { firstOf, type Speech } from "@regional-cms/client";

import * as en from "./en.js";
import * as fi from "./fi.js";
import type { Texts } from "./keys.js";
import { LABELS } from "./labels.js";
import * as sv from "./sv.js";

export interface Words {
  /** The language that the words are in, which is a fallback where nobody has written any. */
  code: string;
  texts: Texts;
}

const WORDS: readonly Words[] = [
  { code: "sv", ...sv },
  { code: "en", ...en },
  { code: "fi", ...fi },
];

/** The words for readers of a language. */
export function wordsFor(locale: string, languages: readonly Speech[]): Words {
  const found = firstOf(locale, languages, (code) => WORDS.find((words) => words.code === code));
  return found ?? { code: "sv", ...sv };
}

/** A text and the language that it is in. */
export interface Label {
  code: string;
  text: string;
}

type Labels = typeof LABELS;

/** The label of a choice that documents hold the value of, for readers of a language. */
export function labelFor<Of extends keyof Labels>(
  of: Of,
  value: keyof Labels[Of] & string,
  locale: string,
  languages: readonly Speech[],
): Label {
  const labels = new Map<string, Record<string, string>>(Object.entries(LABELS[of])).get(value) ?? {};
  const found = firstOf(locale, languages, (code) => {
    const text = labels[code];
    return text === undefined ? undefined : { code, text };
  });
  return found ?? { code: "sv", text: labels["sv"] ?? value };
}

export type { Labels };
