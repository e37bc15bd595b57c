/** How far goals have come. */

import type { DocumentOf, Spoken } from "@regional-cms/client";

import { html, type Html } from "../html.js";
import type { Speaker } from "./speaker.js";

type GoalIndicator = DocumentOf<"strategy.GoalPage">["indicators"][number];
export type Indicator = NonNullable<GoalIndicator["indicator"]>;

/** An indicator with its values. */
export function indicatorFigure(
  speaker: Speaker,
  document: Spoken,
  indicator: Indicator,
  at: string,
  below: Html = html``,
): Html {
  const latest = indicator.values.at(-1);
  const unit = speaker.inline(document, `${at}/unit`, indicator.unit ?? "");
  const source = speaker.inline(document, `${at}/source`, indicator.source ?? "");
  return html`<figure class="indicator">
<figcaption${speaker.lang(indicator.language)}>${indicator.title}</figcaption>
${latest !== undefined && html`<p><span class="figure">${speaker.number(latest.value)}</span> ${unit} <small>${speaker.words("latest", { date: speaker.date(latest.date) })}</small></p>`}
${below}
${indicator.values.length > 0 && html`<details><summary>${speaker.words("values")}</summary>
<table><thead><tr><th scope="col">${speaker.words("date")}</th><th scope="col">${speaker.words("value")}</th></tr></thead>
<tbody>${indicator.values.map((each) => html`<tr><td>${speaker.date(each.date)}</td><td>${speaker.number(each.value)}</td></tr>`)}</tbody></table>
${indicator.source !== "" && html`<p><small>${speaker.words("source")}: ${source}</small></p>`}</details>`}
</figure>`;
}

/** An indicator of a goal, with the way from its baseline to its target. */
export function goalIndicator(
  speaker: Speaker,
  document: Spoken,
  row: GoalIndicator,
  at: string,
): Html {
  if (row.indicator === null) return html``;
  return indicatorFigure(
    speaker,
    document,
    row.indicator,
    `${at}/indicator`,
    html`${progressBar(speaker, row)}
<dl class="range"><div><dt>${speaker.words("baseline", { year: row.baseline_year })}</dt><dd>${speaker.number(row.baseline_value)}</dd></div>
<div><dt>${speaker.words("target", { year: row.target_year })}</dt><dd>${speaker.number(row.target_value)}</dd></div></dl>`,
  );
}

/** A bar with its meaning in words. */
export function progressBar(speaker: Speaker, { progress, state }: GoalIndicator): Html {
  if (progress === null) return html`<p>${speaker.words("progressUnknown")} (${speaker.choice("GoalIndicatorSchema.state", state)})</p>`;
  const share = speaker.number(progress, { style: "percent", maximumFractionDigits: 0 });
  // Who has gone back, or beyond the target, stands at an end of the bar; the words tell it.
  const shown = Math.min(1, Math.max(0, progress));
  return html`<div class="progress"><div class="bar" aria-hidden="true"><span style="inline-size: ${Math.round(shown * 100)}%"></span></div>
<p>${speaker.words("progress", { share })} (${speaker.choice("GoalIndicatorSchema.state", state)})</p></div>`;
}
