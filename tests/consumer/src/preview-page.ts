/** In the browser: shows a draft with the functions that make the pages, and follows the editor. */

import {
  attributes,
  createApi,
  createSite,
  markOf,
  type Document,
  type DocumentOf,
  type DocumentType,
  type Language,
  type Page,
  type Place,
  type Site,
} from "@regional-cms/client";
import { startPreview } from "@regional-cms/client/preview";

import { html, raw } from "./html.js";
import { notice } from "./render/notice.js";
import { pageContent, titlePrefix } from "./render/pages.js";
import { Speaker } from "./render/speaker.js";
import { wordsFor, type Words } from "./texts/index.js";
import type { MenuItem, Target, View } from "./view.js";

const place = document.querySelector<HTMLElement>("#draft");
const address = place?.dataset["api"] ?? "";
const api = createApi(address);

/** What stands around a draft: what is published below its page. */
class DraftView implements View {
  readonly isDraft = true;
  readonly words: Words;

  constructor(
    readonly locale: string,
    readonly languages: readonly Language[],
    readonly site: Site,
  ) {
    this.words = wordsFor(locale, languages);
  }

  // Links lead where the CMS says: the pages of a language have the same addresses here.
  target(): Target | undefined {
    return undefined;
  }

  below(key: string): readonly Place[] {
    return [...this.site.places(this.locale).values()]
      .filter(({ parent }) => parent === key)
      .map((each) => ({ ...each, address: each.document.path }))
      .sort((one, other) => one.position - other.position);
  }

  menu(): readonly MenuItem[] {
    return [];
  }

  all<Type extends DocumentType>(type: Type): readonly DocumentOf<Type>[] {
    return this.site.all(type, this.locale);
  }
}

/** What is published below a page, fetched once. */
async function around(key: string, locale: string): Promise<Document[]> {
  const found: Document[] = [];
  for await (const entry of api.entries(locale, { ancestor: key, limit: 100 })) found.push(entry);
  return found;
}

async function show(draft: Page): Promise<void> {
  if (place === null) return;
  const locale = draft.meta.locale ?? draft.language;
  const [{ items: languages }, below] = await Promise.all([
    api.languages(),
    // A page that was never published has nothing below it.
    around(draft.key, locale).catch(() => []),
  ]);
  const documents = [...below.filter(({ key }) => key !== draft.key), draft];
  const view = new DraftView(locale, languages, createSite(documents, languages));
  const speaker = new Speaker(view, draft.language);
  place.innerHTML = html`<div${raw(attributes(markOf(draft.language, languages)))}>
${notice(speaker, draft)}
<h1>${titlePrefix(draft)}${speaker.inline(draft, "/title", draft.title)}</h1>
${pageContent(speaker, draft)}</div>`.source;
}

/** Says that there is no draft to show; one that is shown already stays. */
function failed(): void {
  place?.querySelector("[hidden]")?.removeAttribute("hidden");
}

const preview = startPreview<Page>({ api: address, show: (draft) => void show(draft), failed });
if (preview === null) failed();
