/** What a page needs of the site around it. */

import type { DocumentOf, DocumentType, Language, Place } from "@regional-cms/client";

import type { Words } from "./texts/index.js";

/** What a link must know of the page that it leads to. */
export interface Target {
  address: string;
  title: string;
  /** The language of the title. */
  titleLanguage: string;
  /** The language of the page. */
  language: string;
}

export interface MenuItem extends Target {
  key: string;
}

export interface View {
  /** The language whose readers it is for. */
  locale: string;
  languages: readonly Language[];
  words: Words;
  /** Whether each text says which field it is from, so that an editor can open that. */
  isDraft: boolean;
  /** A page as readers of the language meet it. */
  target(key: string): Target | undefined;
  /** What stands below a page, in the editors' order. */
  below(key: string): readonly Place[];
  /** The start page, and what it has in its menu. */
  menu(): readonly MenuItem[];
  all<Type extends DocumentType>(type: Type): readonly DocumentOf<Type>[];
}
