/** Texts and HTML, which are different types: neither can be shown for the other. */

declare const html: unique symbol;

/** HTML that the CMS has cleaned, such as the value of a paragraph. */
export type RichText = string & { readonly [html]: true };

/** A text that is no HTML. */
export type PlainText = string & { readonly [html]?: never };

/** A text as it may stand in HTML, between tags and in the quotes of an attribute. */
export function escape(text: PlainText): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
