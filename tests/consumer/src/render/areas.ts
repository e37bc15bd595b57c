/** The development areas: what all have, and what each has of its own. */

import { match, type DocumentOf, type DocumentType, type RichText } from "@regional-cms/client";

import { html, type Html } from "../html.js";
import { body, figure, keyFigure } from "./blocks.js";
import type { Speaker } from "./speaker.js";

export const AREA_TYPES = [
  "strategy.CulturePage",
  "strategy.ClimatePage",
  "strategy.SkillsPage",
  "strategy.TransportPage",
  "strategy.IndustryPage",
  "strategy.YouthPage",
] as const satisfies readonly DocumentType[];

export type Area = DocumentOf<(typeof AREA_TYPES)[number]>;

export function area(speaker: Speaker, page: Area): Html {
  return html`${speaker.text("p", page, "/lead", page.lead, "lead")}
${figure(speaker, page, "/image", page.image, { first: true, isDecorative: page.image_decorative })}
${body(speaker, page, page.body)}
${own(speaker, page)}
${page.key_figures.length > 0 && html`<h2>${speaker.words("keyFigures")}</h2>
<dl class="key-figures">${page.key_figures.map((block, index) => keyFigure(speaker, page, block, `/key_figures/${index}`))}</dl>`}
${page.goals.length > 0 && html`<h2>${speaker.words("goals")}</h2>
<ul class="links">${page.goals.map(({ goal }) => goal !== null && html`<li>${speaker.link(goal)}</li>`)}</ul>`}
${contact(speaker, page)}`;
}

/** What one area alone has. An area that is missing here does not compile. */
function own(speaker: Speaker, page: Area): Html {
  /** A title and a description, as several kinds of blocks have them. */
  const item = (at: string, title: Html, text: RichText, more: Html = html``): Html =>
    html`<li><h3>${title}</h3>${more}${speaker.rich(page, `${at}/value/description`, text)}</li>`;
  const say = (at: string, text: string): Html => speaker.inline(page, at, text);
  const linked = (words: Html, address: string): Html =>
    address === "" ? words : html`<a href="${address}">${words}</a>`;
  const section = (title: Html, items: readonly Html[]): Html =>
    items.length === 0 ? html`` : html`<h2>${title}</h2><ul class="cards">${items}</ul>`;

  return match<Area, [], Html>(page, {
    "strategy.CulturePage": (culture) => html`
<p><strong>${speaker.words("audience")}:</strong> ${speaker.choice("CulturePageSchema.audience", culture.audience)}</p>
${section(speaker.words("artForms"), culture.art_forms.map(({ value }, index) => item(`/art_forms/${index}`, say(`/art_forms/${index}/value/name`, value.name), value.description)))}
${section(
  speaker.words("venues"),
  culture.venues.map(({ value }, index) => {
    const at = `/venues/${index}`;
    const where = value.municipality !== null && html`<p>${speaker.link(value.municipality)}</p>`;
    return item(at, linked(say(`${at}/value/name`, value.name), value.website), value.description, html`${where}`);
  }),
)}
${plan(speaker, culture)}`,
    "strategy.ClimatePage": (climate) => html`
${section(
  speaker.words("emissionTargets"),
  climate.emission_targets.map(({ value }, index) => {
    const percent = speaker.number(value.reduction_percent / 100, { style: "percent" });
    const values = { percent, target: value.target_year, base: value.base_year };
    return html`<li><h3>${say(`/emission_targets/${index}/value/sector`, value.sector)}</h3><p>${speaker.words("emissionTarget", values)}</p></li>`;
  }),
)}
${section(speaker.words("adaptation"), climate.adaptation_measures.map(({ value }, index) => item(`/adaptation_measures/${index}`, say(`/adaptation_measures/${index}/value/title`, value.title), value.description)))}`,
    "strategy.SkillsPage": (skills) => html`
${section(
  speaker.words("needs"),
  skills.needs.map(({ value }, index) => {
    const values = { people: speaker.number(value.people), year: value.year };
    return html`<li><h3>${say(`/needs/${index}/value/trade`, value.trade)}</h3><p>${speaker.words("need", values)}</p><p><small>${say(`/needs/${index}/value/source`, value.source)}</small></p></li>`;
  }),
)}
${section(
  speaker.words("providers"),
  skills.providers.map(({ value }, index) => {
    const at = `/providers/${index}`;
    const name = value.name === "" && value.organisation !== null ? speaker.link(value.organisation) : say(`${at}/value/name`, value.name);
    return item(at, linked(name, value.website || (value.organisation?.website ?? "")), value.description);
  }),
)}
${section(speaker.words("routes"), skills.routes.map(({ value }, index) => item(`/routes/${index}`, say(`/routes/${index}/value/title`, value.title), value.description)))}`,
    "strategy.TransportPage": (transport) => html`
${section(
  speaker.words("links"),
  transport.links.map(({ value }, index) => {
    const year = value.open_all_year && html`, ${speaker.words("allYear")}`;
    const kind = html`<p>${speaker.choice("TransportLinkValue.mode", value.mode)}: ${speaker.choice("TransportLinkValue.carries", value.carries)}${year}</p>`;
    return item(`/links/${index}`, say(`/links/${index}/value/name`, value.name), value.description, kind);
  }),
)}
${plan(speaker, transport)}`,
    "strategy.IndustryPage": (industry) => html`
${industry.people_needed !== null && html`<p class="lead">${speaker.words("peopleNeeded", { people: speaker.number(industry.people_needed), year: industry.people_needed_by })}
<small>${say("/people_needed_source", industry.people_needed_source)}</small></p>`}
${section(
  speaker.words("establishments"),
  industry.establishments.map(({ value }, index) => {
    const at = `/establishments/${index}/value`;
    const jobs = value.jobs !== null && html`, ${speaker.words("jobs", { jobs: speaker.number(value.jobs) })}`;
    const where = value.municipality !== null && html`, ${speaker.link(value.municipality)}`;
    return html`<li><h3>${say(`${at}/company`, value.company)}</h3><p>${say(`${at}/product`, value.product)}${where}</p><p>${speaker.choice("EstablishmentValue.state", value.state)}${value.start_year !== null && html`, ${value.start_year}`}${jobs}</p></li>`;
  }),
)}`,
    "strategy.YouthPage": (youth) => html`
${speaker.text("p", youth, "/question", youth.question, "question")}
${youth.voices.length > 0 && html`<h2>${speaker.words("voices")}</h2>`}
${youth.voices.map(({ value }, index) => {
  const at = `/voices/${index}/value`;
  const where = value.municipality !== null && html`, ${speaker.link(value.municipality)}`;
  return html`<figure class="quote"><blockquote>${speaker.text("p", youth, `${at}/quote`, value.quote)}</blockquote><figcaption>${say(`${at}/name`, value.name)}${where}</figcaption></figure>`;
})}
${section(
  speaker.words("offers"),
  youth.offers.map(({ value }, index) => {
    const at = `/offers/${index}`;
    return item(at, linked(say(`${at}/value/title`, value.title), value.website), value.description);
  }),
)}`,
  });
}

type Planned = DocumentOf<"strategy.CulturePage" | "strategy.TransportPage">;

function plan(speaker: Speaker, page: Planned): Html {
  if (page.plan_title === "") return html``;
  const years = [page.plan_start, page.plan_end].filter((year) => year !== null).join("–");
  const title = speaker.inline(page, "/plan_title", page.plan_title);
  const file = page.plan_document;
  return html`<h2>${speaker.words("plan")}</h2>
<p>${file === null ? title : html`<a href="${file.url}">${title}</a>`} ${years}</p>`;
}

function contact(speaker: Speaker, page: Area): Html {
  if (page.contact_name === "" && page.contact_email === "") return html``;
  return html`<h2>${speaker.words("contact")}</h2>
<address>${speaker.text("p", page, "/contact_name", page.contact_name)}
${speaker.text("p", page, "/contact_role", page.contact_role)}
${page.contact_email !== "" && html`<p><a href="mailto:${page.contact_email}">${page.contact_email}</a></p>`}
${page.contact_phone !== "" && html`<p><a href="tel:${page.contact_phone.replace(/[^+\d]/g, "")}">${page.contact_phone}</a></p>`}</address>`;
}
