/** HTML that cannot be mixed up with plain text. */

import { escape, type PlainText, type RichText } from "@regional-cms/client";

/** Source that may stand in a page as it is. */
export class Html {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

export type Part = Html | PlainText | number | null | undefined | false | readonly Part[];

/** HTML with what is put into it: texts are escaped, HTML is not, nothing is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((before, string, at) => before + source(parts[at - 1]) + string));
}

/** HTML that a function has made, or that comes from the API, which has cleaned it. */
export function raw(source: string | RichText): Html {
  return new Html(source);
}

function source(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.source;
  if (typeof part === "string" || typeof part === "number") return escape(String(part));
  return part.map(source).join("");
}

/** A text whose braces are filled with parts. */
export function fill(text: string, parts: Record<string, Part>): Html {
  return html`${text.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name === undefined ? piece : parts[name];
  })}`;
}
