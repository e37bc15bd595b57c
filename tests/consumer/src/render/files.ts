/** What programs read: the sitemap, feeds, redirects, robots. */

import type { TrackedView } from "../content.js";
import { html, raw, type Html } from "../html.js";
import { SITE } from "../settings.js";
import { newestFirst } from "./stories.js";

const XML = raw('<?xml version="1.0" encoding="utf-8"?>\n');

/** Every page that is really there, with its other languages. */
export function sitemap(view: TrackedView): string {
  const site = view.everything();
  const pages = view.languages.flatMap(({ code }) =>
    [...site.places(code).values()].filter(({ own }) => own).map(({ document }) => document),
  );
  return html`${XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${pages.map(
  (page) => html`<url><loc>${SITE}${page.path}</loc><lastmod>${page.modified_at}</lastmod>${page.translations.map(
    ({ locale, path }) => html`<xhtml:link rel="alternate" hreflang="${locale}" href="${SITE}${path}"/>`,
  )}</url>
`,
)}</urlset>
`.source;
}

/** The stories of a language, newest first, as Atom. */
export function feed(view: TrackedView): string {
  const stories = newestFirst(view.all("strategy.StoryPage"));
  const address = `${SITE}/${view.locale}/feed.xml`;
  const name = view.all("home.SiteSettings")[0]?.name || (view.menu()[0]?.title ?? "");
  const updated = stories.map(({ modified_at }) => modified_at).sort().at(-1);
  const entry = (story: (typeof stories)[number]): Html => {
    const link = `${SITE}${view.target(story.key)?.address ?? story.path}`;
    return html`<entry xml:lang="${story.language}"><id>urn:uuid:${story.key}</id><title>${story.title}</title><link href="${link}" hreflang="${story.language}"/><published>${story.published_at}</published><updated>${story.modified_at}</updated><summary>${story.lead}</summary></entry>
`;
  };
  return html`${XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${view.words.code}"><id>${address}</id><title>${name}: ${view.words.texts.stories}</title><link rel="self" href="${address}"/><link href="${SITE}/${view.locale}/"/><updated>${updated ?? "1970-01-01T00:00:00Z"}</updated><author><name>${name}</name></author>
${stories.map(entry)}</feed>
`.source;
}

export function robots(): string {
  return `User-agent: *\nDisallow: /preview/\nSitemap: ${SITE}/sitemap.xml\n`;
}

/** Old addresses, in the form that Netlify and Cloudflare Pages read. */
export function redirects(view: TrackedView): string {
  return view
    .all("redirects.Redirect")
    .map(({ path, target, permanent }) => `${path} ${target} ${permanent ? 301 : 302}\n`)
    .join("");
}
