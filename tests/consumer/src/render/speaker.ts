/** Texts with the marks of their languages, for what stands in text of one language. */

import {
  attributes,
  languageAt,
  markAt,
  markOf,
  rewriteLinks,
  type PlainText,
  type RichText,
  type Spoken,
} from "@regional-cms/client";

import { fill, html, raw, type Html, type Part } from "../html.js";
import { labelFor, type Labels } from "../texts/index.js";
import type { Texts } from "../texts/keys.js";
import type { View } from "../view.js";

/** What is known of something that a document names. */
export interface Named {
  key: string;
  title: string;
  path: string | null;
  language: string;
}

export class Speaker {
  /** @param around the language of the element that all this stands in */
  constructor(
    readonly view: View,
    readonly around: string,
  ) {}

  /** The attributes of an element in a language; none where that is the language around. */
  lang(code: string): Html {
    return raw(code === this.around ? "" : attributes(markOf(code, this.view.languages)));
  }

  /** One who speaks within an element of another language. */
  within(code: string): Speaker {
    return code === this.around ? this : new Speaker(this.view, code);
  }

  /** A text of a document, as an element of its language. */
  text(tag: string, document: Spoken, at: string, text: PlainText, kind = ""): Html {
    return text === "" ? html`` : this.element(tag, document, at, html`${text}`, kind);
  }

  /** A text of a document among others, with an element only where it needs one. */
  inline(document: Spoken, at: string, text: PlainText): Html {
    const needed = this.view.isDraft || languageAt(document, at) !== this.around;
    return needed ? this.text("span", document, at, text) : html`${text}`;
  }

  /** A rich text of a document; its links lead to this site. */
  rich(document: Spoken, at: string, source: RichText, kind = "rich"): Html {
    if (source === "") return html``;
    const led = rewriteLinks(source, ({ key, href }) => this.address(key, href));
    return this.element("div", document, at, raw(led), kind);
  }

  /** One of the site's own words. */
  words(name: keyof Texts, parts: Record<string, Part> = {}): Html {
    return this.own(fill(this.view.words.texts[name], parts));
  }

  /** The CMS's label of a choice that a document holds the value of. */
  choice<Of extends keyof Labels>(of: Of, value: keyof Labels[Of] & string): Html {
    const { code, text } = labelFor(of, value, this.view.locale, this.view.languages);
    return this.in(code, html`${text}`);
  }

  number(value: number, options: Intl.NumberFormatOptions = {}): string {
    return new Intl.NumberFormat(this.view.words.code, options).format(value);
  }

  date(value: string): Html {
    const format = new Intl.DateTimeFormat(this.view.words.code, {
      dateStyle: "long",
      timeZone: "Europe/Stockholm",
    });
    const words = this.own(html`${format.format(new Date(value))}`);
    return html`<time datetime="${value.slice(0, 10)}">${words}</time>`;
  }

  /** The name of what a document names. */
  name({ key, title, language }: Omit<Named, "path">): Html {
    const target = this.view.target(key);
    const code = target?.titleLanguage ?? language;
    const words = target?.title ?? title;
    return code === this.around ? html`${words}` : html`<span${this.lang(code)}>${words}</span>`;
  }

  /** A link to what a document names; its name alone where that has no page. */
  link(named: Named): Html {
    const target = this.view.target(named.key);
    const address = target?.address ?? named.path;
    const language = target?.language ?? named.language;
    return address === null
      ? this.name(named)
      : html`<a href="${address}" hreflang="${language}">${this.name(named)}</a>`;
  }

  /** Where a page is on this site; where it is in the CMS for one that is not here. */
  address(key: string, path: string): string {
    return this.view.target(key)?.address ?? path;
  }

  private own(words: Html): Html {
    return this.in(this.view.words.code, words);
  }

  private in(code: string, words: Html): Html {
    return code === this.around ? words : html`<span${this.lang(code)}>${words}</span>`;
  }

  private element(tag: string, document: Spoken, at: string, content: Html, kind: string): Html {
    const { languages, isDraft } = this.view;
    const mark = raw(attributes(markAt(document, at, languages, this.around)));
    const pointer = isDraft && html` data-cms-pointer="${at}"`;
    return html`<${raw(tag)}${kind !== "" && html` class="${kind}"`}${mark}${pointer}>${content}</${raw(tag)}>`;
  }
}
