/** Every block of a body. A block that is missing here does not compile. */

import { markAt, picture, renderBlocks, type Block, type BlockOf, type Image, type RichText, type Spoken } from "@regional-cms/client";

import { html, raw, type Html } from "../html.js";
import { indicatorFigure } from "./indicators.js";
import type { Speaker } from "./speaker.js";

/** The blocks of a document at a pointer. A page of text has all but the indicators. */
export function body(
  speaker: Speaker,
  document: Spoken,
  blocks: readonly Block[],
  at = "/body",
): Html[] {
  const text = (tag: string, place: string, value: string, kind = ""): Html =>
    speaker.text(tag, document, place, value, kind);
  const rich = (place: string, value: RichText): Html => speaker.rich(document, place, value);
  return renderBlocks<Block, Html>(
    blocks,
    {
      heading: ({ value }, at) => text(`h${value.level}`, `${at}/value/text`, value.text),
      paragraph: ({ value }, at) => rich(`${at}/value`, value),
      quote: ({ value }, at) =>
        html`<figure class="quote">
<blockquote>${text("p", `${at}/value/text`, value.text)}</blockquote>
${said(speaker, document, `${at}/value`, value.name, value.role)}</figure>`,
      fact_box: ({ value }, at) =>
        html`<aside class="facts" aria-label="${value.title}">
${text("p", `${at}/value/title`, value.title, "facts-title")}${rich(`${at}/value/text`, value.text)}</aside>`,
      accordion: ({ value }, at) =>
        html`${value.items.map(
          (item, index) => html`<details>
<summary>${speaker.inline(document, `${at}/value/items/${index}/title`, item.title)}</summary>
${rich(`${at}/value/items/${index}/text`, item.text)}</details>`,
        )}`,
      image: ({ value }, at) =>
        figure(speaker, document, `${at}/value/image`, value.image, {
          caption: value.caption,
          captionAt: `${at}/value/caption`,
        }),
      video: (block, at) => video(speaker, document, block, at),
      key_figure: (block, at) => html`<dl class="key-figures">${keyFigure(speaker, document, block, at)}</dl>`,
      table: (block, at) => table(speaker, document, block, at),
      link: ({ value }, at) => {
        const words = speaker.inline(document, `${at}/value/text`, value.text);
        const href = value.page === null ? value.href : speaker.address(value.page.key, value.href ?? "");
        return href === null || href === "" ? html`<p>${words}</p>` : html`<p><a class="button" href="${href}">${words}</a></p>`;
      },
      page_list: ({ value }, at) =>
        html`${text("h2", `${at}/value/title`, value.title)}
<ul class="links">${value.pages.map((page) => page !== null && html`<li>${speaker.link(page)}</li>`)}</ul>`,
      indicator: ({ value }, at) =>
        value.indicator === null
          ? html``
          : indicatorFigure(speaker, document, value.indicator, `${at}/value/indicator`),
    },
    at,
  );
}

/** Who said something. */
export function said(
  speaker: Speaker,
  document: Spoken,
  at: string,
  name: string,
  role: string,
): Html {
  if (name === "") return html``;
  const does = role !== "" && html`, ${speaker.inline(document, `${at}/role`, role)}`;
  return html`<figcaption>${speaker.inline(document, `${at}/name`, name)}${does}</figcaption>`;
}

interface FigureOptions {
  caption?: string;
  captionAt?: string;
  /** For an image that readers see before they scroll. */
  first?: boolean;
  isDecorative?: boolean;
}

/** An image with its caption and credit. */
export function figure(
  speaker: Speaker,
  document: Spoken,
  at: string,
  image: Image | null,
  options: FigureOptions = {},
): Html {
  if (image === null) return html``;
  const { caption = "", captionAt = "" } = options;
  const shown = picture(image, {
    sizes: "(min-width: 60rem) 56rem, 100vw",
    loading: options.first ? "eager" : "lazy",
    mark: markAt(document, `${at}/alt`, speaker.view.languages, speaker.around),
    ...(options.isDecorative && { alt: "" }),
  });
  const { code } = speaker.view.words;
  const outside = speaker.within(code);
  const credit =
    image.credit !== "" &&
    html`<small${speaker.lang(code)}>${outside.words("photo")}: ${outside.inline(document, `${at}/credit`, image.credit)}</small>`;
  const words = caption !== "" && speaker.inline(document, captionAt, caption);
  return html`<figure class="image">${raw(shown)}
<figcaption>${words} ${credit}</figcaption></figure>`;
}

export function video(speaker: Speaker, document: Spoken, block: BlockOf<"video">, at: string): Html {
  const { url, title, transcript } = block.value;
  const words = speaker.inline(document, `${at}/value/title`, title);
  return html`<div class="video"><p><a href="${url}">${speaker.words("watch")}: ${words}</a></p>
<details><summary>${speaker.words("transcript")}</summary>
${speaker.rich(document, `${at}/value/transcript`, transcript)}</details></div>`;
}

export function keyFigure(
  speaker: Speaker,
  document: Spoken,
  { value }: BlockOf<"key_figure">,
  at: string,
): Html {
  const source = speaker.inline(document, `${at}/value/source`, value.source);
  const unit = speaker.inline(document, `${at}/value/unit`, value.unit);
  return html`<div><dt>${speaker.inline(document, `${at}/value/label`, value.label)}</dt>
<dd><span class="figure">${speaker.number(value.value)}</span> ${unit}
<small>${value.year !== null && html`${value.year}. `}${value.source_url === "" ? source : html`<a href="${value.source_url}">${source}</a>`}</small></dd></div>`;
}

function table(speaker: Speaker, document: Spoken, { value }: BlockOf<"table">, at: string): Html {
  const cell = (text: string, row: number, column: number): Html => {
    const words = speaker.inline(document, `${at}/value/rows/${row}/${column}`, text);
    const isCorner = text === "";
    if (value.header_row && row === 0 && !isCorner) return html`<th scope="col">${words}</th>`;
    if (value.header_column && column === 0 && !isCorner) return html`<th scope="row">${words}</th>`;
    return html`<td>${words}</td>`;
  };
  const rows = value.rows.map(
    (cells, row) => html`<tr>${cells.map((text, column) => cell(text, row, column))}</tr>`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${value.caption}"><table>
${speaker.text("caption", document, `${at}/value/caption`, value.caption)}
${rows}</table></div>`;
}
