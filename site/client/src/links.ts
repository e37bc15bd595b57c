/** Links of rich text, led to a site's own addresses. */

import { escape, type RichText } from "./html.js";

/** A link to something that the CMS knows. */
export interface Link {
  key: string;
  /** Of what it leads to, such as `strategy.GoalPage`. */
  type: string;
  /** Where it leads in the CMS. */
  href: string;
}

// No `<` within: what nobody closed ends there, and is not searched again and again.
const ANCHOR = /<a(?=\s)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/gi;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s]+))/g;
const ENTITY = /&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Rich text whose links to documents lead to the addresses that a site gives them.
 *
 * Everything else stays as it is: other links, texts, marks of language. An address that is neither
 * relative nor http(s) is not taken.
 *
 * @param address of a document on the site; null leaves the link as it is
 */
export function rewriteLinks(html: RichText, address: (link: Link) => string | null): string {
  return html.replace(ANCHOR, (whole, inside: string) => {
    const given = new Map<string, string>();
    for (const [, name = "", double, single, bare] of inside.matchAll(ATTRIBUTE)) {
      given.set(name.toLowerCase(), unescape(double ?? single ?? bare ?? ""));
    }
    const key = given.get("data-key");
    if (key === undefined) return whole;
    const href = given.get("href") ?? "";
    const target = address({ key, type: given.get("data-type") ?? "", href });
    if (target === null || !isSafe(target)) return whole;
    given.set("href", target);
    return `<a${Array.from(given, ([name, value]) => ` ${name}="${escape(value)}"`).join("")}>`;
  });
}

/** Whether an address can be put into a page: relative, or http(s). */
export function isSafe(address: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(address, "https://site.invalid/").protocol);
  } catch {
    return false;
  }
}

function unescape(text: string): string {
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10))
      : (NAMED[name.toLowerCase()] ?? ""),
  );
}
