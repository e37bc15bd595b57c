/** Finds out which files must be made anew, and keeps what they were made from. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { catchUp, createApi, type CaughtUp } from "@regional-cms/client";
import { FileStore } from "@regional-cms/client/node";

import { Content, type Reads } from "./content.js";
import { outputsOf, type Output } from "./outputs.js";
import { API, OUTPUT, SITE, STATE } from "./settings.js";

/** What each file was made from, by its path: names with fingerprints. */
type Made = Record<string, Record<string, string>>;

const MADE = join(STATE, "made.json");

export interface Stale {
  path: string;
  render: () => string;
}

export interface Build {
  /** What must be made anew. */
  stale: Stale[];
  /** Keeps what was made, and removes what is no longer there. */
  finish: () => Promise<void>;
}

/** Fetches what has changed: two requests, the languages and either everything or the changes. */
export async function prepare(): Promise<Build> {
  await mkdir(STATE, { recursive: true });
  const api = createApi(API);
  const store = await FileStore.open(join(STATE, "mirror.ndjson"));
  const [{ items: languages }, caught] = await Promise.all([api.languages(), catchUp(api, store)]);
  const content = new Content(languages, store.documents, await fingerprintOfCode());
  const outputs = outputsOf(content);
  const made = await readMade();
  const isFresh = ({ path }: Output): boolean => {
    const reads = Object.entries(made[path] ?? {});
    return (
      reads.length > 0 &&
      existsSync(join(OUTPUT, path)) &&
      reads.every(([name, fingerprint]) => content.fingerprint(name) === fingerprint)
    );
  };
  const stale = outputs
    .filter((output) => !isFresh(output))
    .map(({ path, make }) => ({
      path,
      render: (): string => {
        const reads: Reads = new Map();
        const source = make(reads);
        made[path] = Object.fromEntries(reads);
        return source;
      },
    }));
  return { stale, finish: () => finish(outputs, made, stale.length, caught) };
}

async function finish(
  outputs: readonly Output[],
  made: Made,
  count: number,
  caught: CaughtUp,
): Promise<void> {
  const present = new Set(outputs.map(({ path }) => path));
  const gone = Object.keys(made).filter((path) => !present.has(path));
  for (const path of gone) {
    await rm(join(OUTPUT, path), { force: true });
    delete made[path];
  }
  await writeFile(`${MADE}.new`, JSON.stringify(made));
  await rename(`${MADE}.new`, MADE);
  console.log(JSON.stringify({ files: present.size, made: count, removed: gone.length, ...caught }));
}

async function readMade(): Promise<Made> {
  // Without it everything is made anew.
  if (!existsSync(MADE)) return {};
  const made: unknown = JSON.parse(await readFile(MADE, "utf8"));
  return isMade(made) ? made : {};
}

function isMade(value: unknown): value is Made {
  const isRecord = (each: unknown): each is Record<string, unknown> =>
    typeof each === "object" && each !== null;
  return (
    isRecord(value) &&
    Object.values(value).every(
      (reads) => isRecord(reads) && Object.values(reads).every((print) => typeof print === "string"),
    )
  );
}

/** The fingerprint of the program and of what it is told: another one makes everything anew. */
async function fingerprintOfCode(): Promise<string> {
  const hash = createHash("sha256").update(SITE);
  const names = await readdir(import.meta.dirname, { recursive: true });
  for (const name of names.filter((each) => each.endsWith(".js")).sort()) {
    hash.update(await readFile(join(import.meta.dirname, name)));
  }
  return hash.digest("hex");
}
