/** Asks the API. */

import type {
  ChangeList,
  Entry,
  LanguageList,
  Preview,
  Query,
  Story,
  Tree,
} from "./types.js";

export interface Options {
  /** Another `fetch`, for instance one that keeps answers. */
  fetch?: typeof fetch;
  /** Sent with every request. */
  headers?: Record<string, string>;
}

type Asked = Record<string, unknown>;

const PATIENCE = 60;
const TRIES = 4;

/** An answer that is no document; `problem` is what the API says about it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly address: string,
    readonly problem: unknown,
  ) {
    super(`${status} for ${address}: ${JSON.stringify(problem)}`);
  }
}

type EntryOptions = Query<"/api/v3/entries/{locale}/{key}/">;

/** What can be asked. */
export interface Api {
  /** Asks for anything below the address; waits and asks again where the API is too busy. */
  ask(path: string, query?: Asked, more?: RequestInit): Promise<Response>;
  languages(): Promise<LanguageList>;
  /** The whole tree of a language, in the editors' order. */
  tree(locale: string, query?: Query<"/api/v3/tree/{locale}/">): Promise<Tree>;
  /** Every document of a language, or of its fallbacks. */
  entries(locale: string, query?: Query<"/api/v3/entries/{locale}/">): AsyncGenerator<Entry, void>;
  entry(locale: string, key: string, query?: EntryOptions): Promise<Entry>;
  /** The document at a path, which may be its path in any language. */
  find(locale: string, path: string): Promise<Entry>;
  /** Stories, newest first unless asked otherwise. */
  stories(query: Query<"/api/v3/stories/">): AsyncGenerator<Story, void>;
  /** The draft that a token shows. */
  preview(token: string): Promise<Preview>;
  changes(query?: Query<"/api/v3/changes/">): Promise<ChangeList>;
}

/**
 * Reads what the API at this address publishes.
 *
 * @param address with its version, as in `https://cms.example.org/api/v3/`
 */
export function createApi(address: string, options: Options = {}): Api {
  const root = address.replace(/\/*$/, "/");

  /** The answer; asked again where the API says that it is too busy now. */
  async function ask(path: string, query: Asked = {}, more: RequestInit = {}): Promise<Response> {
    const url = new URL(root + path);
    for (const [name, value] of Object.entries(query)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== undefined && each !== null) url.searchParams.append(name, String(each));
      }
    }
    for (let tries = 1; ; tries += 1) {
      const answer = await (options.fetch ?? fetch)(url, {
        ...more,
        ...(options.headers && { headers: options.headers }),
      });
      if (answer.ok) return answer;
      if ((answer.status === 429 || answer.status === 503) && tries < TRIES) {
        const seconds = Number(answer.headers.get("retry-after") ?? tries);
        await answer.body?.cancel();
        if (!(seconds >= 0 && seconds <= PATIENCE)) throw new ApiError(answer.status, url.href, null);
        await new Promise((done) => setTimeout(done, seconds * 1000));
        continue;
      }
      throw new ApiError(answer.status, url.href, await answer.json().catch(() => null));
    }
  }

  // The schema says what these answers are.
  async function json<Answer>(path: string, query?: Asked, more?: RequestInit): Promise<Answer> {
    return (await ask(path, query, more)).json();
  }

  /** Every item of a list, page by page. */
  async function* all<Item>(path: string, query?: Asked): AsyncGenerator<Item, void> {
    let cursor: string | null = null;
    do {
      const page: { items: Item[]; next: string | null } = await json(path, { ...query, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  return {
    ask,
    languages: () => json("languages/"),
    tree: (locale, query) => json(`tree/${locale}/`, query),
    entries: (locale, query) => all(`entries/${locale}/`, query),
    entry: (locale, key, query) => json(`entries/${locale}/${key}/`, query),
    find: (locale, path) => json(`entries/${locale}/find/`, { path }),
    stories: (query) => all("stories/", query),
    preview: (token) => json("preview/", { token }, { cache: "no-store" }),
    changes: (query) => json("changes/", query),
  };
}
