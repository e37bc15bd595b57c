/** The site's own words, in the languages that somebody has written them in. */

import { firstOf, type Speech } from "@regional-cms/client";

import * as en from "./en.js";
import * as fi from "./fi.js";
import type { Choices, Texts } from "./keys.js";
import * as sv from "./sv.js";

export interface Words {
  /** The language that the words are in, which is a fallback where nobody has written any. */
  code: string;
  texts: Texts;
  choices: Choices;
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
