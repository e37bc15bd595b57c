/** Holds everything that is live, and stays in step with it. */

import { ApiError, type Api } from "./api.js";
import type { Change, Document } from "./types.js";

/** A document as it is kept; `locale` is null for a redirect. */
export interface Kept {
  key: string;
  locale: string | null;
  /** SHA-256 of the document's bytes: another document has another digest. */
  digest: string;
  document: Document;
}

/** A place where documents are kept, such as a database. */
export interface Store {
  /** Where to go on; null as long as nothing is kept. */
  cursor(): Promise<string | null>;
  /** Forget everything and keep these, all or nothing. */
  replace(documents: AsyncIterable<Kept>, cursor: string): Promise<void>;
  /** Apply these changes in their order and keep the cursor, all or nothing. */
  apply(changes: readonly Change[], cursor: string): Promise<void>;
}

export interface CaughtUp {
  /** Whether everything was fetched anew. */
  anew: boolean;
  /** How many documents came, changed or went. */
  changes: number;
}

/** The place of a document in a store. */
export function placeOf(kept: { key: string; locale: string | null }): string {
  return `${kept.key} ${kept.locale ?? ""}`;
}

/**
 * Brings a store up to date: with an export at first, then with what has changed since, and anew
 * where the API no longer knows what that is.
 */
export async function catchUp(api: Api, store: Store): Promise<CaughtUp> {
  let cursor = await store.cursor();
  if (cursor === null) return everything(api, store);
  let changes = 0;
  for (;;) {
    try {
      const page = await api.changes({ since: cursor, limit: 1000 });
      if (page.items.length > 0 || page.next !== cursor) await store.apply(page.items, page.next);
      changes += page.items.length;
      cursor = page.next;
      if (!page.more) return { anew: false, changes };
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return everything(api, store);
      throw error;
    }
  }
}

/** Fills a store with everything that is live. */
async function everything(api: Api, store: Store): Promise<CaughtUp> {
  const answer = await api.ask("export/all.ndjson");
  const lines = linesOf(answer);
  const first = await lines.next();
  if (first.done) throw new Error("The export is empty.");
  const header: { cursor: string; languages: { documents: number }[] } = parsed(first.value);
  const expected = header.languages.reduce((sum, each) => sum + each.documents, 0);
  let changes = 0;
  async function* documents(): AsyncGenerator<Kept> {
    for await (const line of lines) {
      const document: Document = parsed(line);
      const locale = "locale" in document.meta ? document.meta.locale : null;
      changes += 1;
      yield { key: document.key, locale, digest: await sha256(line), document };
    }
    // A connection that broke looks like the end; redirects are in no language's count.
    if (changes < expected) throw new Error(`Of ${expected} documents ${changes} came.`);
  }
  await store.replace(documents(), header.cursor);
  return { anew: true, changes };
}

const NEW_LINE = 10;

/** The lines of an answer, which end with \n alone: texts hold other ends of lines. */
async function* linesOf(answer: Response): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = answer.body?.getReader();
  let parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    let start = 0;
    for (let end = value.indexOf(NEW_LINE); end >= 0; end = value.indexOf(NEW_LINE, start)) {
      yield joined([...parts, value.subarray(start, end)]);
      parts = [];
      start = end + 1;
    }
    if (start < value.length) parts.push(value.subarray(start));
  }
  if (parts.length > 0) yield joined(parts);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function parsed<Value>(line: Uint8Array): Value {
  return JSON.parse(new TextDecoder().decode(line));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps documents in memory, as long as the program runs. */
export class MemoryStore implements Store {
  /** By place: key and locale. */
  readonly documents = new Map<string, Kept>();
  protected continuesAt: string | null = null;

  async cursor(): Promise<string | null> {
    return this.continuesAt;
  }

  async replace(documents: AsyncIterable<Kept>, cursor: string): Promise<void> {
    const all: Kept[] = [];
    for await (const kept of documents) all.push(kept);
    this.documents.clear();
    for (const kept of all) this.documents.set(placeOf(kept), kept);
    this.continuesAt = cursor;
  }

  async apply(changes: readonly Change[], cursor: string): Promise<void> {
    for (const change of changes) this.change(change);
    this.continuesAt = cursor;
  }

  protected change(change: Change): void {
    const { key, locale } = change;
    if (change.op === "remove") {
      this.documents.delete(placeOf(change));
    } else {
      const { digest, document } = change;
      this.documents.set(placeOf(change), { key, locale, digest, document });
    }
  }
}
