/** Everything that is live, and what each file of the site was made from. */

import { createHash } from "node:crypto";

import {
  createSite,
  languageAt,
  placeOf,
  type Document,
  type DocumentOf,
  type DocumentType,
  type Kept,
  type Language,
  type Page,
  type Place,
  type Site,
} from "@regional-cms/client";

import { wordsFor, type Words } from "./texts/index.js";
import type { MenuItem, Target, View } from "./view.js";

/** What was read, by name, each with a fingerprint that changes when it does. */
export type Reads = Map<string, string>;

export class Content {
  readonly site: Site;
  readonly #digests = new Map<Document, string>();

  /** @param code the fingerprint of the program: what it makes changes with it */
  constructor(
    readonly languages: readonly Language[],
    documents: ReadonlyMap<string, Kept>,
    readonly code: string,
  ) {
    const kept = [...documents.values()].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
    for (const { document, digest } of kept) this.#digests.set(document, digest);
    this.site = createSite(
      kept.map(({ document }) => document),
      languages,
    );
  }

  page(key: string, locale: string): Page | undefined {
    return this.site.places(locale).get(key)?.document;
  }

  target(key: string, locale: string): Target | undefined {
    const place = this.site.places(locale).get(key);
    return place && targetOf(place);
  }

  below(key: string, locale: string): readonly Place[] {
    const places = [...this.site.places(locale).values()].filter(({ parent }) => parent === key);
    return places.sort((one, other) => one.position - other.position);
  }

  menu(locale: string): MenuItem[] {
    return this.site.tree(locale).flatMap((start) =>
      [start, ...start.children.filter(({ inMenu }) => inMenu)].map((place) => ({
        key: place.key,
        ...targetOf(place),
      })),
    );
  }

  all<Type extends DocumentType>(type: Type, locale: string): DocumentOf<Type>[] {
    return this.site.all(type, locale);
  }

  /** Where a page is in each language. */
  versions(key: string): { code: string; target: Target }[] {
    return this.languages.flatMap(({ code }) => {
      const target = this.target(key, code);
      return target === undefined ? [] : [{ code, target }];
    });
  }

  /** The fingerprint of something that was read, as it is now. */
  fingerprint(name: string): string {
    const [kind, what = "", locale = ""] = name.split(" ");
    const digest = (document: Document | undefined): string =>
      document === undefined ? "" : (this.#digests.get(document) ?? "");
    const value = (): unknown => {
      switch (kind) {
        case "code":
          return this.code;
        case "coverage":
          return this.languages;
        case "languages":
          return this.languages.map(({ code, name, direction, fallbacks }) => [code, name, direction, fallbacks]);
        case "page":
          return digest(this.page(what, locale));
        case "target":
          return this.target(what, locale);
        case "versions":
          return this.versions(what);
        case "menu":
          return this.menu(locale);
        case "below":
          return this.below(what, locale).map(({ address, document }) => [address, digest(document)]);
        case "every":
          return [...this.#digests.values()];
        default:
          return [...this.#digests.keys()]
            .filter(({ type }) => type === what)
            .map(({ key }) => digest(this.site.best(key, locale)));
      }
    };
    return createHash("sha256").update(JSON.stringify(value()) ?? "").digest("hex").slice(0, 16);
  }
}

function targetOf({ address, document }: Place): Target {
  return {
    address,
    title: document.title,
    titleLanguage: languageAt(document, "/title"),
    language: document.language,
  };
}

/** The site for readers of one language; it remembers what was read. */
export class TrackedView implements View {
  readonly isDraft = false;
  readonly words: Words;

  constructor(
    readonly content: Content,
    readonly locale: string,
    readonly reads: Reads = new Map(),
  ) {
    this.words = wordsFor(locale, content.languages);
    this.#read("code");
    this.#read("languages");
  }

  get languages(): readonly Language[] {
    return this.content.languages;
  }

  page(key: string): Page | undefined {
    this.#read(`page ${key} ${this.locale}`);
    return this.content.page(key, this.locale);
  }

  target(key: string): Target | undefined {
    this.#read(`target ${key} ${this.locale}`);
    return this.content.target(key, this.locale);
  }

  below(key: string): readonly Place[] {
    this.#read(`below ${key} ${this.locale}`);
    return this.content.below(key, this.locale);
  }

  menu(): readonly MenuItem[] {
    this.#read(`menu - ${this.locale}`);
    return this.content.menu(this.locale);
  }

  versions(key: string): readonly { code: string; target: Target }[] {
    this.#read(`versions ${key}`);
    return this.content.versions(key);
  }

  all<Type extends DocumentType>(type: Type): readonly DocumentOf<Type>[] {
    this.#read(`all ${type} ${this.locale}`);
    return this.content.all(type, this.locale);
  }

  /** How much of each language is live. */
  coverage(): readonly Language[] {
    this.#read("coverage");
    return this.content.languages;
  }

  /** Each page of each language: for what tells of the whole site. */
  everything(): Site {
    this.#read("every");
    return this.content.site;
  }

  #read(name: string): void {
    if (!this.reads.has(name)) this.reads.set(name, this.content.fingerprint(name));
  }
}
