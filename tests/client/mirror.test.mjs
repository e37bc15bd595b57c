import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { ApiError, catchUp, createApi, MemoryStore } from "@regional-cms/client";
import { FileStore } from "@regional-cms/client/node";

import { answering, exported, page, published, redirect, sha256 } from "./documents.mjs";

const ADDRESS = "https://cms.example.org/api/v3";
const HOME = page("home", "sv", { title: "Två\u2028rader på svenska" });
const FINNISH = page("home", "fi");

const apiOf = (...answers) => {
  const { asked, fetch } = answering(...answers);
  return { asked, api: createApi(ADDRESS, { fetch }) };
};
const changesOf = (items, next, more = false) => ({ items, next, more });
const held = (store) => [...store.documents.values()].map(({ document }) => document);
const newFile = async () => join(await mkdtemp(join(tmpdir(), "mirror-")), "mirror.ndjson");

test("everything comes first, by one request, line by line", async () => {
  const { api, asked } = apiOf(exported("c1", [HOME, redirect]));
  const store = new MemoryStore();
  assert.deepEqual(await catchUp(api, store), { anew: true, changes: 2 });
  assert.deepEqual(asked, ["/api/v3/export/all.ndjson"]);
  assert.deepEqual(held(store), [HOME, redirect]);
  assert.equal(store.documents.get("home sv").digest, sha256(JSON.stringify(HOME)));
  assert.equal(store.documents.get("redirect ").locale, null);
});

test("then all that has changed, page by page", async () => {
  const changed = { ...HOME, title: "Ny" };
  const gone = { op: "remove", key: "home", locale: "fi", digest: null, document: null };
  const { api, asked } = apiOf(
    exported("c 1", [HOME, FINNISH]),
    changesOf([published(changed)], "c2", true),
    changesOf([gone, published(redirect)], "c3"),
    changesOf([], "c3"),
  );
  const store = new MemoryStore();
  await catchUp(api, store);
  assert.deepEqual(await catchUp(api, store), { anew: false, changes: 3 });
  assert.deepEqual(held(store), [changed, redirect]);
  assert.deepEqual(await catchUp(api, store), { anew: false, changes: 0 });
  assert.deepEqual(asked.slice(1), [
    "/api/v3/changes/?since=c+1&limit=1000",
    "/api/v3/changes/?since=c2&limit=1000",
    "/api/v3/changes/?since=c3&limit=1000",
  ]);
});

test("a cursor that is too old begins with everything again", async () => {
  const { api } = apiOf(
    exported("c1", [HOME, FINNISH]),
    new Response("{}", { status: 410 }),
    exported("c2", [FINNISH]),
  );
  const store = new MemoryStore();
  await catchUp(api, store);
  assert.deepEqual(await catchUp(api, store), { anew: true, changes: 1 });
  assert.deepEqual(held(store), [FINNISH]);
  assert.equal(await store.cursor(), "c2");
});

test("an export that breaks off leaves the store as it was", async () => {
  const whole = exported("c2", [HOME, FINNISH]);
  const cut = whole.slice(0, whole.trim().lastIndexOf("\n") + 1);
  const { api } = apiOf(exported("c1", [HOME]), new Response("{}", { status: 410 }), cut);
  const store = new MemoryStore();
  await catchUp(api, store);
  await assert.rejects(catchUp(api, store), /Of 2 documents 1 came/);
  assert.deepEqual([held(store), await store.cursor()], [[HOME], "c1"]);
});

test("one who is told to wait waits, and gives up when it is too long", async () => {
  const busy = (seconds) => new Response("", { status: 429, headers: { "retry-after": seconds } });
  const { api, asked } = apiOf(busy("0"), busy("0"), { items: [] });
  assert.deepEqual(await api.languages(), { items: [] });
  assert.equal(asked.length, 3);
  await assert.rejects(apiOf(busy("3600")).api.languages(), ApiError);
});

test("an answer that is none says what the API says", async () => {
  const { api } = apiOf(new Response('{"detail": "No."}', { status: 422 }));
  await assert.rejects(api.languages(), ({ status, problem }) => {
    assert.deepEqual([status, problem], [422, { detail: "No." }]);
    return true;
  });
});

test("a list is read to its end", async () => {
  const { api, asked } = apiOf({ items: [1, 2], next: "n" }, { items: [3], next: null });
  const found = [];
  for await (const each of api.entries("fi", { type: ["a", "b"] })) found.push(each);
  assert.deepEqual(found, [1, 2, 3]);
  assert.deepEqual(asked, [
    "/api/v3/entries/fi/?type=a&type=b",
    "/api/v3/entries/fi/?type=a&type=b&cursor=n",
  ]);
});

test("a file holds everything for the next program", async () => {
  const path = await newFile();
  const changed = { ...HOME, title: "Ny" };
  const { api } = apiOf(exported("c1", [HOME, FINNISH]), changesOf([published(changed)], "c2"));
  await catchUp(api, await FileStore.open(path));
  await catchUp(api, await FileStore.open(path));
  const store = await FileStore.open(path);
  assert.deepEqual(held(store), [changed, FINNISH]);
  assert.equal(await store.cursor(), "c2");
});

test("a program that ends in the middle of writing leaves the file as it was before", async () => {
  const path = await newFile();
  await catchUp(apiOf(exported("c1", [HOME])).api, await FileStore.open(path));
  const whole = await readFile(path, "utf8");
  const next = `${JSON.stringify({ keep: published(FINNISH) })}\n${JSON.stringify({ cursor: "c2" })}\n`;
  for (let length = 1; length < next.length; length += 13) {
    await writeFile(path, whole);
    await appendFile(path, next.slice(0, length));
    const store = await FileStore.open(path);
    assert.deepEqual([held(store), await store.cursor()], [[HOME], "c1"]);
    assert.equal(await readFile(path, "utf8"), whole);
  }
});

test("a file does not grow for ever", async () => {
  const path = await newFile();
  const times = 450;
  const answers = Array.from({ length: times }, (_, at) =>
    changesOf([published({ ...HOME, title: `${at}` })], `c${at}`),
  );
  const { api } = apiOf(exported("c", [HOME]), ...answers);
  const store = await FileStore.open(path);
  for (let at = 0; at <= times; at += 1) await catchUp(api, store);
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  assert.ok(lines.length < times, `${lines.length} lines`);
  assert.equal(held(await FileStore.open(path))[0].title, `${times - 1}`);
});
