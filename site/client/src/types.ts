/** Names for what the API answers, taken from the types that openapi.json gives. */

import type { paths } from "./schema.js";

type Got<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Answer } } } };
}
  ? Answer
  : never;

/** What may be asked of an endpoint, by name. */
export type Query<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Asked } };
}
  ? NonNullable<Asked>
  : never;

export type LanguageList = Got<"/api/v3/languages/">;
/** A language with its name, direction, fallbacks, and how much is live in it. */
export type Language = LanguageList["items"][number];
export type Locale = Language["code"];

/** A page, a fact or the settings of the site: all that has a language. */
export type Entry = Got<"/api/v3/entries/{locale}/{key}/">;
export type Story = Got<"/api/v3/stories/">["items"][number];
export type Tree = Got<"/api/v3/tree/{locale}/">;
export type Preview = Got<"/api/v3/preview/">;

export type ChangeList = Got<"/api/v3/changes/">;
export type Change = ChangeList["items"][number];
/** All that is delivered: entries, and redirects, which have no language. */
export type Document = Extract<Change, { op: "publish" }>["document"];
export type DocumentType = Document["type"];
export type DocumentOf<Type extends DocumentType> = Extract<Document, { type: Type }>;

/** What stands in the tree of pages. */
export type Page = Extract<Document, { breadcrumbs: unknown }>;
export type Block = DocumentOf<"strategy.StoryPage">["body"][number];
export type BlockOf<Type extends Block["type"]> = Extract<Block, { type: Type }>;
export type Image = NonNullable<DocumentOf<"strategy.StoryPage">["image"]>;
export type Translation = Page["translations"][number];
