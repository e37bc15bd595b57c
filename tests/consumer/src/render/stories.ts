/** Stories, and the lists of those that have something in common. */

import { picture, type DocumentOf } from "@regional-cms/client";

import { html, raw, type Html } from "../html.js";
import type { View } from "../view.js";
import { AREA_TYPES } from "./areas.js";
import type { Speaker } from "./speaker.js";

type Story = DocumentOf<"strategy.StoryPage">;

export const FILTERS = ["kind", "municipality", "area", "year"] as const;
export type Filter = (typeof FILTERS)[number];

/** What stories have in common: a list of its own. */
export interface Choice {
  filter: Filter;
  /** Its part of the address. */
  value: string;
  name: (speaker: Speaker) => Html;
  stories: Story[];
}

const isArea = (type: string): boolean => AREA_TYPES.some((each) => each === type);

/** Every choice that finds a story, in the order of the filters and of their names. */
export function choicesOf(view: View): Choice[] {
  const found = new Map<string, Choice>();
  const add = (filter: Filter, value: string, story: Story, name: Choice["name"]): void => {
    const place = `${filter}/${value}`;
    const choice = found.get(place) ?? { filter, value, name, stories: [] };
    choice.stories.push(story);
    found.set(place, choice);
  };
  for (const story of view.all("strategy.StoryPage")) {
    const { kind, municipality, year } = story;
    add("kind", kind, story, (speaker) => speaker.choice("StoryPageSchema.kind", kind));
    if (municipality !== null) {
      add("municipality", municipality.code, story, (speaker) => speaker.name(municipality));
    }
    if (year !== null) add("year", String(year), story, () => html`${year}`);
    for (const { page } of story.related_pages) {
      if (page === null || !isArea(page.type)) continue;
      const slug = view.target(page.key)?.address.split("/").at(-2) ?? page.key;
      add("area", slug, story, (speaker) => speaker.name(page));
    }
  }
  return [...found.values()].sort(
    (one, other) =>
      FILTERS.indexOf(one.filter) - FILTERS.indexOf(other.filter) ||
      one.value.localeCompare(other.value),
  );
}

/** The way to each list, from the page with this key. */
export function storyFilters(speaker: Speaker, key: string, chosen?: Choice): Html {
  const start = speaker.view.target(key)?.address;
  if (start === undefined) return html``;
  const choices = choicesOf(speaker.view);
  const groups = FILTERS.map((filter) => choices.filter((choice) => choice.filter === filter));
  return html`<details class="filters"${chosen !== undefined && html` open`}><summary>${speaker.words("filter")}</summary>
${groups.map(
  ([first, ...more]) =>
    first !== undefined &&
    html`<h2>${speaker.words(first.filter)}</h2><ul class="tags">${[first, ...more].map((choice) => {
      const isChosen = choice.filter === chosen?.filter && choice.value === chosen.value;
      return html`<li><a href="${start}${choice.filter}/${choice.value}/"${isChosen && html` aria-current="page"`}>${choice.name(speaker)} (${choice.stories.length})</a></li>`;
    })}</ul>`,
)}
${chosen !== undefined && html`<p><a href="${start}">${speaker.words("allStories")}</a></p>`}</details>`;
}

/** Stories, newest first. */
export function storyCards(speaker: Speaker, stories: readonly Story[]): Html {
  if (stories.length === 0) return html`<p>${speaker.words("noStories")}</p>`;
  return html`<ul class="cards stories">${newestFirst(stories).map((story) => {
    const within = speaker.within(story.language);
    const address = speaker.address(story.key, story.path);
    const facts = [within.choice("StoryPageSchema.kind", story.kind), story.municipality && within.link(story.municipality), story.year];
    return html`<li${speaker.lang(story.language)}>
${story.image !== null && raw(picture(story.image, { alt: "", sizes: "(min-width: 60rem) 18rem, 100vw", width: 480 }))}
<h2><a href="${address}" hreflang="${story.language}">${within.inline(story, "/title", story.title)}</a></h2>
<p class="meta">${facts.filter((fact) => fact !== null).map((fact, index) => html`${index > 0 && " · "}${fact}`)}</p>
${within.text("p", story, "/lead", story.lead)}</li>`;
  })}</ul>`;
}

export function newestFirst(stories: readonly Story[]): Story[] {
  return [...stories].sort(
    (one, other) =>
      (other.year ?? 0) - (one.year ?? 0) || other.published_at.localeCompare(one.published_at),
  );
}
