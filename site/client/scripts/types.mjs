/**
 * Writes src/schema.d.ts from openapi.json: what can be read, and nothing of writing.
 *
 * OPENAPI names another openapi.json than the kept one, by its path or address.
 */

import { readFile, writeFile } from "node:fs/promises";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const KEPT = new URL("../../../tests/cms/content/api/snapshots/openapi.json", import.meta.url);
const OUTPUT = new URL("../src/schema.d.ts", import.meta.url);

async function read(place = KEPT) {
  if (/^https?:/.test(place)) return (await fetch(place)).json();
  return JSON.parse(await readFile(place, "utf8"));
}

/** Every component that something refers to, by way of others too. */
function referredTo(value, schema, found = new Set()) {
  if (Array.isArray(value)) {
    for (const each of value) referredTo(each, schema, found);
  } else if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value)) {
      if (name === "$ref" && !found.has(each)) {
        found.add(each);
        const [, , kind, part] = each.split("/");
        referredTo(schema.components[kind][part], schema, found);
      } else if (name !== "examples" && name !== "example") {
        referredTo(each, schema, found);
      }
    }
  }
  return found;
}

/** The schema with its GET operations alone, and with what these refer to. */
function reading(schema) {
  const paths = {};
  for (const [path, { get, parameters }] of Object.entries(schema.paths)) {
    if (get !== undefined) paths[path] = { get, ...(parameters && { parameters }) };
  }
  const found = referredTo(paths, schema);
  const components = {};
  for (const [kind, parts] of Object.entries(schema.components)) {
    components[kind] = Object.fromEntries(
      Object.entries(parts).filter(([part]) => found.has(`#/components/${kind}/${part}`)),
    );
  }
  return { openapi: schema.openapi, info: schema.info, paths, components };
}

// What is HTML is another type than plain text: neither can be shown for the other.
const HTML = "text/html";
const richText = ts.factory.createTypeReferenceNode("RichText");
const ast = await openapiTS(reading(await read(process.env.OPENAPI)), {
  inject: 'import type { RichText } from "./html.js";\n',
  transform: ({ contentMediaType }) => (contentMediaType === HTML ? richText : undefined),
});
const types = astToString(ast);
await writeFile(OUTPUT, `// Made from openapi.json by scripts/types.mjs: not to be edited.\n\n${types}`);
