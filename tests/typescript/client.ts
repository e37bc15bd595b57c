/**
 * A site that reads the API in TypeScript. It is compiled, never run: what it proves is that the
 * types made from openapi.json tell everything apart.
 */

import createClient from "openapi-fetch";

import type { components, paths } from "./generated/schema";

type Schemas = components["schemas"];
type Page = Schemas["PageDocument"];
type Block = Schemas["BodyBlock"];

const client = createClient<paths>({ baseUrl: "https://cms.example.org" });

/** Fails to compile when a case is left out. */
function never(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}

function image(file: Schemas["ImageFile"] | null): string {
  if (file === null) {
    return "";
  }
  const sources = file.renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");
  const position = file.focal_point ? `${file.focal_point.x * 100}%` : "center";
  return `<img srcset="${sources}" alt="${file.alt}" width="${file.width}" style="${position}">`;
}

function link(relation: Schemas["PageRelation"] | null): string {
  if (relation === null) {
    return "";
  }
  return `<a href="${relation.path}" hreflang="${relation.language}">${relation.title}</a>`;
}

function indicator(relation: Schemas["IndicatorRelation"] | null): string {
  if (relation === null) {
    return "";
  }
  const type: "strategy.Indicator" = relation.type;
  const better: "higher" | "lower" = relation.better;
  const values = relation.values.map(({ date, value }) => `${date}: ${value.toFixed(1)}`);
  return [type, better, relation.unit, ...values].join(" ");
}

/** Every block of a body, told apart by its type. */
function block(of: Block): string {
  switch (of.type) {
    case "heading": {
      const level: 2 | 3 | 4 = of.value.level;
      return `<h${level}>${of.value.text}</h${level}>`;
    }
    case "paragraph":
      return of.value;
    case "quote":
      return [of.value.text, of.value.name, of.value.role].join(" ");
    case "fact_box":
      return of.value.title + of.value.text;
    case "accordion":
      return of.value.items.map(({ title, text }) => title + text).join("");
    case "image":
      return image(of.value.image) + of.value.caption;
    case "video": {
      const player: string | null = of.value.player_url;
      return (player ?? of.value.url) + of.value.title + of.value.transcript;
    }
    case "key_figure": {
      const year: number | null = of.value.year;
      return `${of.value.value.toFixed(0)} ${of.value.unit} ${year ?? ""} ${of.value.source}`;
    }
    case "table": {
      const rows: string[][] = of.value.rows;
      return of.value.caption + rows.map((row) => row.join()).join() + of.value.header_row;
    }
    case "link": {
      const href: string | null = of.value.href;
      const target = link(of.value.page) || of.value.document?.url || of.value.url;
      return href ?? target;
    }
    case "page_list":
      return of.value.title + of.value.pages.map(link).join("");
    case "indicator":
      return indicator(of.value.indicator);
    default:
      return never(of);
  }
}

/** What each type has of its own. */
function page(of: Page): string {
  switch (of.type) {
    case "wagtailcore.Page":
      return of.title;
    case "home.HomePage":
      return of.highlights.map((row) => link(row.page)).join("");
    case "home.ContentPage":
      return of.introduction + of.body.map(block).join("");
    case "strategy.StrategyPage": {
      const state: "draft" | "adopted" | "in_force" | "superseded" = of.state;
      const perspectives = of.perspectives.map((row) => row.perspective?.description);
      return [state, of.document?.filename, link(of.succeeds), ...perspectives].join();
    }
    case "strategy.PriorityAreaPage":
      return of.challenges;
    case "strategy.GoalPage": {
      const goals: number[] = of.agenda_goals;
      const progress = of.indicators.map((row) => row.progress?.toFixed(2) ?? "unknown");
      return [goals.join(), ...progress, ...of.indicators.map((row) => indicator(row.indicator))].join();
    }
    case "strategy.EffortPage": {
      const status: "planned" | "ongoing" | "completed" | "paused" = of.status;
      const websites = of.organisations.map((row) => row.organisation?.website);
      return [status, ...websites, ...of.areas.map((row) => link(row.area))].join();
    }
    case "strategy.DevelopmentAreasPage":
      return of.introduction;
    case "strategy.CulturePage": {
      const audience: "residents" | "visitors" | "everyone" = of.audience;
      const codes = of.venues.map(({ value }) => value.municipality?.code);
      return [audience, of.plan_document?.url, ...codes, ...of.key_figures.map(block)].join();
    }
    case "strategy.ClimatePage":
      return of.emission_targets.map(({ value }) => value.reduction_percent.toFixed(0)).join();
    case "strategy.SkillsPage":
      return of.needs.map(({ value }) => value.people.toFixed(0)).join() +
            of.providers.map(({ value }) => value.organisation?.title).join();
    case "strategy.TransportPage": {
      const modes: ("road" | "rail" | "air" | "sea" | "public_transport" | "cycling")[] =
        of.links.map(({ value }) => value.mode);
      return modes.join();
    }
    case "strategy.IndustryPage":
      return of.establishments.map(({ value }) => `${value.company} ${value.jobs ?? 0}`).join();
    case "strategy.YouthPage":
      return of.voices.map(({ value }) => value.quote).join();
    case "strategy.StoriesPage":
      return of.introduction;
    case "strategy.StoryPage": {
      const programme: Schemas["ProgrammeRelation"] | null = of.programme;
      return [
        image(of.image),
        image(programme?.logo ?? null),
        of.municipality?.code,
        ...of.people.map(({ value }) => value.quote),
        ...of.video.map(block),
        ...of.related_pages.map((row) => link(row.page)),
      ].join();
    }
    default:
      return never(of);
  }
}

export async function read(id: number): Promise<string> {
  const { data, error } = await client.GET("/api/v3/pages/{page_id}/", {
    params: { path: { page_id: id } },
  });
  if (data === undefined) {
    throw new Error(JSON.stringify(error));
  }
  const languages: Record<string, string> = data.languages;
  const translations = data.translations.map(({ locale, status }) => {
    const known: "source" | "complete" | "partial" | "outdated" = status;
    return `${locale} ${known}`;
  });
  const trail = data.breadcrumbs.map(({ path, title }) => path + title);
  return [page(data), data.key, data.path, data.language, ...trail, ...translations].join() +
    Object.keys(languages).join();
}

export async function languages(): Promise<string[]> {
  const { data } = await client.GET("/api/v3/languages/");
  return (data?.items ?? []).map(({ code, direction }) => {
    const known: "ltr" | "rtl" = direction;
    return `${code} ${known}`;
  });
}

export async function stories(area: string): Promise<string[]> {
  const { data } = await client.GET("/api/v3/stories/", {
    params: { query: { locale: "sv", area: [area], kind: ["company"] } },
  });
  return (data?.items ?? []).map((story) => story.lead + story.body.map(block).join(""));
}

export async function write(token: string): Promise<number | undefined> {
  const { data } = await client.POST("/api/v3/pages/", {
    headers: { Authorization: `Bearer ${token}` },
    body: {
      meta: { type: "home.ContentPage", parent_id: 3, action: "publish" },
      title: "Om webbplatsen",
      introduction: "<p>Hej</p>",
      show_in_menus: false,
      body: [
        { type: "heading", value: { text: "Rubrik", level: 2 } },
        { type: "paragraph", value: { format: "db_markdown", content: "**Hej**" } },
      ],
    },
  });
  return data?.id ?? undefined;
}

// What follows must not compile.

export function mistakes(of: Block, story: Schemas["StoryPageSchema"]): void {
  if (of.type === "heading") {
    // @ts-expect-error A heading has no caption.
    of.value.caption;
  }
  // @ts-expect-error There is no such block.
  of.type === "carousel";
  // @ts-expect-error An image may be missing.
  story.image.renditions;
  // @ts-expect-error There is no such kind.
  story.kind = "club";
  // @ts-expect-error There is no such language.
  client.GET("/api/v3/stories/", { params: { query: { locale: "xx" } } });
}
