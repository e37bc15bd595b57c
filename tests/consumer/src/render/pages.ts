/** What each type of page shows. A type that is missing here does not compile. */

import { isOf, match, type DocumentOf, type Page, type Place } from "@regional-cms/client";

import { html, raw, type Html } from "../html.js";
import { area } from "./areas.js";
import { body, figure, video } from "./blocks.js";
import { goalIndicator, progressBar } from "./indicators.js";
import { storyCards, storyFilters } from "./stories.js";
import type { Speaker } from "./speaker.js";

/** The content of a page, all that stands below its title. */
export function pageContent(speaker: Speaker, page: Page): Html {
  return match<Page, [Speaker], Html>(
    page,
    {
      "home.HomePage": home,
      "home.ContentPage": (content, speaker) => html`
${speaker.rich(content, "/introduction", content.introduction, "lead rich")}
${body(speaker, content, content.body)}`,
      "strategy.StrategyPage": strategy,
      "strategy.PriorityAreaPage": priorityArea,
      "strategy.GoalPage": goal,
      "strategy.EffortPage": effort,
      "strategy.DevelopmentAreasPage": (areas, speaker) => html`
${speaker.rich(areas, "/introduction", areas.introduction, "lead rich")}
${cards(speaker, speaker.view.below(areas.key), "h2")}`,
      "strategy.CulturePage": (page, speaker) => area(speaker, page),
      "strategy.ClimatePage": (page, speaker) => area(speaker, page),
      "strategy.SkillsPage": (page, speaker) => area(speaker, page),
      "strategy.TransportPage": (page, speaker) => area(speaker, page),
      "strategy.IndustryPage": (page, speaker) => area(speaker, page),
      "strategy.YouthPage": (page, speaker) => area(speaker, page),
      "strategy.StoriesPage": (stories, speaker) => html`
${speaker.rich(stories, "/introduction", stories.introduction, "lead rich")}
${storyFilters(speaker, stories.key)}
${storyCards(speaker, speaker.view.all("strategy.StoryPage"))}`,
      "strategy.StoryPage": story,
    },
    speaker,
  );
}

/** One of the numbered parts of a strategy has its number before its title. */
export function titlePrefix(page: Page): string {
  return isOf(page, "strategy.PriorityAreaPage") ? `${page.number}. ` : "";
}

/** Pages, each with its own language, in the editors' order; their headings follow what is above. */
function cards(speaker: Speaker, places: readonly Place[], heading: "h2" | "h3" = "h3"): Html {
  if (places.length === 0) return html``;
  return html`<ul class="cards">${places.map(({ document: page, address }) => {
    const within = speaker.within(page.language);
    const summary = "lead" in page ? within.text("p", page, "/lead", page.lead) : "summary" in page && within.text("p", page, "/summary", page.summary);
    return html`<li${speaker.lang(page.language)}><${raw(heading)}><a href="${address}" hreflang="${page.language}">${titlePrefix(page)}${within.inline(page, "/title", page.title)}</a></${raw(heading)}>${summary}</li>`;
  })}</ul>`;
}

function home(page: DocumentOf<"home.HomePage">, speaker: Speaker): Html {
  const highlights = page.highlights.flatMap(({ page }) => (page === null ? [] : [page]));
  return html`
<div class="hero">${speaker.text("p", page, "/greeting", page.greeting, "greeting")}
${speaker.text("p", page, "/vision", page.vision, "vision")}</div>
${figure(speaker, page, "/image", page.image, { first: true, isDecorative: page.image_decorative })}
${speaker.rich(page, "/introduction", page.introduction)}
${highlights.length > 0 && html`<h2>${speaker.words("highlights")}</h2>
<ul class="cards">${highlights.map((each) => html`<li><h3>${speaker.link(each)}</h3></li>`)}</ul>`}`;
}

function strategy(page: DocumentOf<"strategy.StrategyPage">, speaker: Speaker): Html {
  const period = [page.period_start, page.period_end].map((year) => year ?? "").join("–");
  return html`
${speaker.text("p", page, "/summary", page.summary, "lead")}
${page.vision !== "" && html`<figure class="quote"><blockquote>${speaker.text("p", page, "/vision", page.vision)}</blockquote><figcaption>${speaker.words("vision")}</figcaption></figure>`}
<dl class="facts-list"><div><dt>${speaker.words("period")}</dt><dd>${speaker.choice("StrategyPageSchema.state", page.state)}${period !== "–" && html`, ${period}`}</dd></div>
${page.adopted_by !== "" && html`<div><dt>${speaker.words("adopted")}</dt><dd>${speaker.inline(page, "/adopted_by", page.adopted_by)}${page.adopted_on !== null && html`, ${speaker.date(page.adopted_on)}`}</dd></div>`}
${page.succeeds !== null && html`<div><dt>${speaker.words("succeeds")}</dt><dd>${speaker.link(page.succeeds)}</dd></div>`}
${page.document !== null && html`<div><dt>${speaker.words("document")}</dt><dd><a href="${page.document.url}">${speaker.inline(page, "/document/title", page.document.title)}</a></dd></div>`}</dl>
${priorities(speaker, page.key)}
${body(speaker, page, page.body)}
${page.perspectives.length > 0 && html`<h2>${speaker.words("perspectives")}</h2>
<dl class="facts-list">${page.perspectives.map(
    ({ perspective }, index) =>
      perspective !== null &&
      html`<div><dt>${speaker.link(perspective)}</dt><dd>${speaker.inline(page, `/perspectives/${index}/perspective/description`, perspective.description ?? "")}</dd></div>`,
  )}</dl>`}`;
}

/** The priority areas of a strategy, each with its goals. */
function priorities(speaker: Speaker, key: string): Html {
  const places = speaker.view.below(key);
  if (places.length === 0) return html``;
  return html`<h2>${speaker.words("priorityAreas")}</h2>
<ol class="priorities">${places.map(({ document: page, address, key }) => {
    const within = speaker.within(page.language);
    return html`<li${speaker.lang(page.language)}><h3><a href="${address}" hreflang="${page.language}">${titlePrefix(page)}${within.inline(page, "/title", page.title)}</a></h3>
${"summary" in page && within.text("p", page, "/summary", page.summary)}${goals(within, speaker.view.below(key))}</li>`;
  })}</ol>`;
}

/** Goals, each with how far it has come by its first indicator. */
function goals(speaker: Speaker, places: readonly Place[]): Html {
  const items = places.map(({ document: page, address }) => {
    const within = speaker.within(page.language);
    const first = isOf(page, "strategy.GoalPage") ? page.indicators[0] : undefined;
    return html`<li${speaker.lang(page.language)}><a href="${address}" hreflang="${page.language}">${within.inline(page, "/title", page.title)}</a>
${first !== undefined && progressBar(within, first)}</li>`;
  });
  return items.length === 0 ? html`` : html`<ul class="goals">${items}</ul>`;
}

function priorityArea(page: DocumentOf<"strategy.PriorityAreaPage">, speaker: Speaker): Html {
  return html`
${speaker.text("p", page, "/summary", page.summary, "lead")}
${page.challenges !== "" && html`<h2>${speaker.words("challenges")}</h2>${speaker.rich(page, "/challenges", page.challenges)}`}
<h2>${speaker.words("goals")}</h2>
${goals(speaker, speaker.view.below(page.key))}
${body(speaker, page, page.body)}`;
}

function goal(page: DocumentOf<"strategy.GoalPage">, speaker: Speaker): Html {
  const efforts = speaker.view.below(page.key);
  return html`
${speaker.text("p", page, "/statement", page.statement, "lead")}
${page.target_year !== null && html`<p>${speaker.words("targetYear", { year: page.target_year })}</p>`}
${page.indicators.length > 0 && html`<h2>${speaker.words("indicators")}</h2>`}
${page.indicators.map((row, index) => goalIndicator(speaker, page, row, `/indicators/${index}`))}
${body(speaker, page, page.body)}
${efforts.length > 0 && html`<h2>${speaker.words("efforts")}</h2>${cards(speaker, efforts)}`}
${page.agenda_goals.length > 0 && html`<h2>${speaker.words("agenda")}</h2><ul class="tags">${page.agenda_goals.map((number) => html`<li>${number}</li>`)}</ul>`}`;
}

function effort(page: DocumentOf<"strategy.EffortPage">, speaker: Speaker): Html {
  const dates = [page.start_date, page.end_date].filter((date) => date !== null);
  const organisations = page.organisations.flatMap(({ organisation }) => (organisation === null ? [] : [organisation]));
  return html`
${speaker.text("p", page, "/summary", page.summary, "lead")}
<dl class="facts-list"><div><dt>${speaker.words("time")}</dt><dd>${speaker.choice("EffortPageSchema.status", page.status)}${dates.map((date, index) => html`${index === 0 ? ", " : " – "}${speaker.date(date)}`)}</dd></div>
${organisations.length > 0 && html`<div><dt>${speaker.words("organisations")}</dt><dd><ul>${organisations.map((each) => html`<li>${each.website ? html`<a href="${each.website}"${speaker.lang(each.language)}>${each.title}</a>` : speaker.link(each)}</li>`)}</ul></dd></div>`}
${page.areas.length > 0 && html`<div><dt>${speaker.words("areas")}</dt><dd><ul>${page.areas.map(({ area }) => area !== null && html`<li>${speaker.link(area)}</li>`)}</ul></dd></div>`}</dl>
${body(speaker, page, page.body)}`;
}

function story(page: DocumentOf<"strategy.StoryPage">, speaker: Speaker): Html {
  const { recipient, programme, municipality } = page;
  const fact = (name: Html, value: Html | null): Html =>
    value === null ? html`` : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const money = { style: "currency", currency: "SEK", maximumFractionDigits: 0 } as const;
  return html`
${speaker.text("p", page, "/lead", page.lead, "lead")}
${figure(speaker, page, "/image", page.image, { first: true, isDecorative: page.image_decorative })}
<dl class="facts-list">${fact(speaker.words("kind"), speaker.choice("StoryPageSchema.kind", page.kind))}
${fact(speaker.words("recipient"), recipient && speaker.link(recipient))}
${fact(speaker.words("municipality"), municipality && speaker.link(municipality))}
${fact(speaker.words("year"), page.year === null ? null : html`${page.year}`)}
${fact(speaker.words("amount"), page.amount_sek === null ? null : html`${speaker.number(page.amount_sek, money)}`)}
${fact(speaker.words("programme"), programme && speaker.link(programme))}</dl>
${page.video.map((block, index) => video(speaker, page, block, `/video/${index}`))}
${body(speaker, page, page.body)}
${page.people.map(({ value }, index) => {
  const at = `/people/${index}/value`;
  const role = value.role !== "" && html`, ${speaker.inline(page, `${at}/role`, value.role)}`;
  return html`<figure class="quote"><blockquote>${speaker.text("p", page, `${at}/quote`, value.quote)}</blockquote><figcaption>${speaker.inline(page, `${at}/name`, value.name)}${role}</figcaption></figure>`;
})}
${page.related_pages.length > 0 && html`<h2>${speaker.words("related")}</h2>
<ul class="links">${page.related_pages.map(({ page }) => page !== null && html`<li>${speaker.link(page)}</li>`)}</ul>`}`;
}
