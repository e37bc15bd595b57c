/** Menus and addresses: the tree of pages of each language, from documents or from `tree/`. */

import { firstOf, type Speech } from "./languages.js";
import type { Document, DocumentOf, DocumentType, Page } from "./types.js";

/** Items with what stands below each, in the editors' order. */
export type Nested<Item> = Item & { children: Nested<Item>[] };

/**
 * Puts items below their parents, siblings by `position`.
 *
 * @param parentOf the key of the item above; what is above nothing that is here comes first
 */
export function nest<Item extends { key: string; position: number }>(
  items: Iterable<Item>,
  parentOf: (item: Item) => string | null,
): Nested<Item>[] {
  const nodes = new Map<string, Nested<Item>>();
  for (const item of items) nodes.set(item.key, { ...item, children: [] });
  const roots: Nested<Item>[] = [];
  for (const node of nodes.values()) {
    const above = parentOf(node);
    (nodes.get(above ?? "")?.children ?? roots).push(node);
  }
  const inOrder = (siblings: Nested<Item>[]): Nested<Item>[] =>
    siblings.sort((one, other) => one.position - other.position || (one.key < other.key ? -1 : 1));
  for (const node of nodes.values()) inOrder(node.children);
  return inOrder(roots);
}

/** A page as readers of a language meet it. */
export interface Place {
  key: string;
  position: number;
  /** The key of the page above; null for a start page. */
  parent: string | null;
  /** Where it stands on a site that has a page for each language. */
  address: string;
  /** Whether the page is there in the language itself; its document is in a fallback otherwise. */
  own: boolean;
  inMenu: boolean;
  document: Page;
}

/** Everything of all languages, with the best of its fallbacks where a language has nothing. */
export interface Site {
  /** The document of a key in a language, or in the first of its fallbacks that has it. */
  best(key: string, locale: string): Document | undefined;
  /** The documents of a type, pages in the editors' order. */
  all<Type extends DocumentType>(type: Type, locale: string): DocumentOf<Type>[];
  /** The pages of a language, nested. */
  tree(locale: string): Nested<Place>[];
  /** Each page of a language, by key. */
  places(locale: string): ReadonlyMap<string, Place>;
}

/** A site of the documents that a mirror holds. */
export function createSite(documents: Iterable<Document>, languages: readonly Speech[]): Site {
  const found = new Map<string, Map<string, Document>>();
  for (const document of documents) {
    const locale = ("locale" in document.meta && document.meta.locale) || "";
    const versions = found.get(document.key) ?? new Map<string, Document>();
    found.set(document.key, versions.set(locale, document));
  }
  const best = (key: string, locale: string): Document | undefined => {
    const versions = found.get(key);
    return firstOf(locale, languages, (code) => versions?.get(code)) ?? versions?.get("");
  };
  const known = new Map<string, Map<string, Place>>();

  function places(locale: string): Map<string, Place> {
    const before = known.get(locale);
    if (before !== undefined) return before;
    const pages = new Map<string, Page>();
    for (const key of found.keys()) {
      const document = best(key, locale);
      if (document !== undefined && isPage(document)) pages.set(key, document);
    }
    const own = (page: Page): boolean => page.meta.locale === locale;
    const taken = new Set(Array.from(pages.values()).filter(own).map(({ path }) => path));
    const made = new Map<string, Place>();
    known.set(locale, made);
    const place = (page: Page): Place => {
      const done = made.get(page.key);
      if (done !== undefined) return done;
      const trail = page.breadcrumbs.map(({ key }) => key).filter((key) => key !== page.key);
      const above = pages.get(trail.findLast((key) => pages.has(key)) ?? "");
      const start = above === undefined ? `/${locale}/` : place(above).address;
      const below = above === undefined ? start : `${start}${page.meta.slug}/`;
      // A page that is really there comes first: what would hide behind it keeps its own address.
      const address = own(page) || taken.has(below) ? page.path : below;
      taken.add(address);
      const result: Place = {
        key: page.key,
        position: page.position,
        parent: above?.key ?? null,
        address,
        own: own(page),
        inMenu: page.meta.show_in_menus === true,
        document: page,
      };
      made.set(page.key, result);
      return result;
    };
    for (const page of pages.values()) place(page);
    return made;
  }

  return {
    best,
    places,
    tree: (locale) => nest(places(locale).values(), ({ parent }) => parent),
    all(type, locale) {
      const chosen = Array.from(found.keys(), (key) => best(key, locale)).filter(
        (document) => document !== undefined && isOf(document, type),
      );
      return chosen.sort((one, other) => rank(one) - rank(other));
    },
  };
}

/** Whether a document is of a type; a typed program then knows its fields. */
export function isOf<Type extends DocumentType>(
  document: Document,
  type: Type,
): document is DocumentOf<Type> {
  return document.type === type;
}

/** Whether a document is a page: whether it stands in the tree. */
export function isPage(document: Document): document is Page {
  return "breadcrumbs" in document;
}

function rank(document: Document): number {
  return isPage(document) ? document.position : 0;
}
