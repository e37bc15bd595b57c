/**
 * What the maker of another site writes over the generated types. It is compiled, strictly, by
 * the tests: a block, relation or page type that lost its type would be an error here.
 */
import type { components, paths } from "./generated/schema";

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type PageDocument = Answer<"/api/v3/pages/{page_id}/">;
export type PageType = PageDocument["meta"]["type"];
export type PageOf<Type extends PageType> = Extract<PageDocument, { meta: { type: Type } }>;
export type Relation = components["schemas"]["Relation"];
export type ImageFile = components["schemas"]["ImageFile"];
type Languages = Answer<"/api/v3/languages/">["items"];
type Block = PageOf<"strategy.CulturePage">["body"][number];

/** Narrows a document by the content type in its `meta`. */
export function isPage<Type extends PageType>(
  page: PageDocument,
  type: Type,
): page is PageOf<Type> {
  return page.meta.type === type;
}

function unreachable(value: never): never {
  throw new Error(`A block of an unknown type: ${JSON.stringify(value)}`);
}

/** The plain text of a block. A new type of block is a compile error until it has a case. */
export function textOf(block: Block): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat(Number(block.value.level))} ${block.value.text}`;
    case "paragraph":
      return block.value;
    case "quote":
      return `${block.value.text} (${block.value.name}, ${block.value.role})`;
    case "fact_box":
      return `${block.value.title}: ${block.value.text}`;
    case "accordion":
      return block.value.items.map((item) => `${item.title}: ${item.text}`).join("\n");
    case "image":
      return block.value.image ? describe(block.value.image) : "";
    case "video":
      return `${block.value.title} ${block.value.player_url ?? block.value.url}`;
    case "key_figure":
      return `${block.value.value.toFixed(1)} ${block.value.unit} (${block.value.year ?? "–"})`;
    case "table":
      return block.value.rows.map((row) => row.join(" | ")).join("\n");
    case "link":
      return `${block.value.text} <${block.value.href ?? ""}>`;
    case "page_list":
      return block.value.pages.map((page) => (page ? titled(page) : "")).join(", ");
    case "indicator": {
      const indicator = block.value.indicator;
      const latest = indicator?.values.at(-1);
      return indicator && latest ? `${indicator.title}: ${latest.value} ${indicator.unit}` : "";
    }
    default:
      return unreachable(block);
  }
}

function describe(image: ImageFile): string {
  const widest = image.renditions.reduce((a, b) => (b.width > a.width ? b : a));
  return `${image.alt} ${widest.url} (${widest.format}, ${image.focal_point?.x ?? 0.5})`;
}

function titled(relation: Relation): string {
  return `${relation.title} [${relation.language}] ${relation.path ?? ""}`;
}

/** What only one page type has is there once the type is known, and not before. */
export function summaryOf(page: PageDocument): string {
  if (isPage(page, "strategy.GoalPage")) {
    const progress = page.indicators.map(({ indicator, progress }) =>
      progress === null || progress === undefined
        ? indicator?.title
        : `${indicator?.title} ${(progress * 100).toFixed()} %`,
    );
    return [page.statement, ...page.agenda_goals.map(String), ...progress].join(" · ");
  }
  if (isPage(page, "strategy.TransportPage")) {
    const modes: ("road" | "rail" | "air" | "sea" | "public_transport" | "cycling")[] =
      page.links.map((link) => link.value.mode);
    return modes.join(", ");
  }
  if (isPage(page, "strategy.StoryPage")) {
    return `${page.kind} ${page.municipality?.code ?? ""} ${page.amount_sek ?? 0} kr`;
  }
  // @ts-expect-error: a page of any type has no statement.
  page.statement;
  return page.title;
}

/** In which language a field's text really is. */
export function languageAt(page: PageDocument, pointer: string): string {
  return page.languages[pointer] ?? page.language;
}

export async function languages(base: string): Promise<Languages> {
  const response = await fetch(`${base}/api/v3/languages/`);
  const body = (await response.json()) as Answer<"/api/v3/languages/">;
  return body.items.filter((language) => language.pages > 0);
}
