/** Keeps a mirror in a file, for programs in Node. */

import { open, readFile, rename, truncate } from "node:fs/promises";

import { MemoryStore, placeOf, type Kept } from "./mirror.js";
import type { Change } from "./types.js";

/** A line of the file. What stands after the last cursor was cut off, and counts as not written. */
type Line = { keep: Kept } | { forget: string } | { cursor: string };

/** How many lines there may be for each document before the file is written anew. */
const SLACK = 4;

/**
 * Keeps documents in a file, which a program that ends in the middle leaves as it was before.
 *
 * One program at a time may have it open.
 */
export class FileStore extends MemoryStore {
  #lines = 0;

  private constructor(readonly path: string) {
    super();
  }

  /** Opens a file, or begins one. */
  static async open(path: string): Promise<FileStore> {
    const store = new FileStore(path);
    await store.#load();
    return store;
  }

  override async replace(documents: AsyncIterable<Kept>, cursor: string): Promise<void> {
    await super.replace(documents, cursor);
    await this.#writeAnew();
  }

  override async apply(changes: readonly Change[], cursor: string): Promise<void> {
    const lines: Line[] = changes.map((change) =>
      change.op === "remove"
        ? { forget: placeOf(change) }
        : {
            keep: {
              key: change.key,
              locale: change.locale,
              digest: change.digest,
              document: change.document,
            },
          },
    );
    await this.#write("a", [...lines, { cursor }]);
    await super.apply(changes, cursor);
    if (this.#lines > SLACK * (this.documents.size + 100)) await this.#writeAnew();
  }

  async #load(): Promise<void> {
    const bytes = await readFile(this.path).catch(() => Buffer.alloc(0));
    let whole = 0;
    let waiting: Line[] = [];
    for (let start = 0, end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const line: Line = JSON.parse(bytes.toString("utf8", start, end));
      start = end + 1;
      waiting.push(line);
      if ("cursor" in line) {
        for (const each of waiting) this.#take(each);
        this.#lines += waiting.length;
        waiting = [];
        whole = start;
      }
    }
    if (whole < bytes.length) await truncate(this.path, whole);
  }

  #take(line: Line): void {
    if ("keep" in line) this.documents.set(placeOf(line.keep), line.keep);
    else if ("forget" in line) this.documents.delete(line.forget);
    else this.continuesAt = line.cursor;
  }

  async #writeAnew(): Promise<void> {
    const lines: Line[] = Array.from(this.documents.values(), (keep) => ({ keep }));
    if (this.continuesAt !== null) lines.push({ cursor: this.continuesAt });
    this.#lines = 0;
    await this.#write("w", lines, `${this.path}.new`);
    await rename(`${this.path}.new`, this.path);
  }

  async #write(flags: "a" | "w", lines: Line[], path = this.path): Promise<void> {
    const file = await open(path, flags);
    try {
      await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      await file.sync();
    } finally {
      await file.close();
    }
    this.#lines += lines.length;
  }
}
