/** Every file of the site, and what it is made from. */

import { isOf, type Page } from "@regional-cms/client";

import { TrackedView, type Content, type Reads } from "./content.js";
import { html } from "./html.js";
import { feed, redirects, robots, sitemap } from "./render/files.js";
import { layout } from "./render/layout.js";
import { pageContent, titlePrefix } from "./render/pages.js";
import { draftPage, languagesPage, notFoundPage } from "./render/own.js";
import { choicesOf, storyCards, storyFilters, type Choice } from "./render/stories.js";
import { labelFor } from "./texts/index.js";

/** A file of the site. */
export interface Output {
  /** Its place in the folder that is served. */
  path: string;
  /** Makes it anew, noting what it was made from. */
  make: (reads: Reads) => string;
}

/** Every file that the site has now. */
export function outputsOf(content: Content): Output[] {
  const outputs: Output[] = [];
  const add = (path: string, locale: string, make: (view: TrackedView) => string): void => {
    outputs.push({ path, make: (reads) => make(new TrackedView(content, locale, reads)) });
  };
  for (const { code } of content.languages) {
    for (const { key, address, document } of content.site.places(code).values()) {
      // What a page of the language hides has its address in another language, where it is made.
      if (!address.startsWith(`/${code}/`)) continue;
      add(fileAt(address), code, (view) => pageAt(view, key, address));
      if (!isOf(document, "strategy.StoriesPage")) continue;
      for (const { filter, value } of choicesOf(new TrackedView(content, code))) {
        const list = `${address}${filter}/${value}/`;
        add(fileAt(list), code, (view) => listAt(view, document, list, `${filter}/${value}`));
      }
    }
    add(`${code}/feed.xml`, code, feed);
  }
  const source = content.languages.find((language) => language.is_source)?.code ?? "sv";
  add("index.html", source, languagesPage);
  add("404.html", source, notFoundPage);
  add("preview/index.html", source, draftPage);
  add("sitemap.xml", source, sitemap);
  add("robots.txt", source, robots);
  add("_redirects", source, redirects);
  return outputs;
}

function fileAt(address: string): string {
  return `${decodeURI(address).slice(1)}index.html`;
}

function pageAt(view: TrackedView, key: string, address: string): string {
  const page = view.page(key);
  if (page === undefined) throw new Error(`${key} is no longer there.`);
  const { seo_title, search_description } = page.meta;
  return layout(view, {
    title: seo_title || page.title,
    description: search_description ?? "",
    address,
    language: page.language,
    page,
    switchKey: key,
    canonical: page.path,
    main: (speaker) => html`<h1>${titlePrefix(page)}${speaker.inline(page, "/title", page.title)}</h1>
${pageContent(speaker, page)}`,
  });
}

function listAt(view: TrackedView, page: Page, address: string, place: string): string {
  const words = view.words.code;
  const chosen = choicesOf(view).find((choice) => `${choice.filter}/${choice.value}` === place);
  if (chosen === undefined) throw new Error(`No story has ${place}.`);
  return layout(view, {
    title: `${view.words.texts.stories}: ${view.words.texts[chosen.filter]}, ${plainName(view, chosen)}`,
    description: "",
    address,
    language: words,
    page: null,
    switchKey: page.key,
    canonical: null,
    main: (speaker) => html`<h1>${view.words.texts.stories}: ${chosen.name(speaker)}</h1>
${storyFilters(speaker, page.key, chosen)}
${storyCards(speaker, chosen.stories)}`,
  });
}

function plainName(view: TrackedView, { filter, value, stories: [story] }: Choice): string {
  if (filter === "kind") return story === undefined ? value : labelFor("StoryPageSchema.kind", story.kind, view.locale, view.languages).text;
  if (filter === "municipality") return story?.municipality?.title ?? value;
  return value;
}
