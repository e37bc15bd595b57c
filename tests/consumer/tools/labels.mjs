/**
 * Prints `src/texts/labels.ts`: the labels of choices, as the CMS has them in its languages. As the
 * types, they are of a version of the content model; make them anew when you take a new one.
 *
 * CMS_API=https://cms.example.org/api/v3/ npm run labels
 */

const api = process.env["CMS_API"] ?? "http://127.0.0.1:8000/api/v3/";
const answer = await fetch(new URL("choices/", api));
if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
const { items } = await answer.json();
// What is written has the same choices as what is read.
const labels = Object.fromEntries(
  items
    .filter(({ schema }) => !schema.startsWith("Written"))
    .map(({ schema, member, labels }) => [`${schema}.${member}`, labels]),
);
console.log(`/** Labels of choices, by type, member and value. Made by \`npm run labels\`. */
export const LABELS = ${JSON.stringify(labels, null, 2)};`);
