import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { verify } from "@regional-cms/client/webhook";

/** Messages that the CMS itself has signed: secret, headers, body, and whether each is genuine. */
const cases = JSON.parse(await readFile(new URL("messages.json", import.meta.url), "utf8"));

for (const { name, secret, headers, body, genuine } of cases) {
  test(`a message ${name}`, async () => {
    const expected = genuine ? JSON.parse(body) : null;
    assert.deepEqual(await verify(secret, headers, body), expected);
    assert.deepEqual(await verify(secret, new Headers(headers), body), expected);
  });
}

test("an empty secret verifies nothing", async () => {
  const [{ headers, body }] = cases;
  await assert.rejects(verify("", headers, body));
  await assert.rejects(verify("whsec_", headers, body));
});
