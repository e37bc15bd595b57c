// Shows every document of an export, and prints how many there were, by type.
import { readFileSync } from "node:fs";

const [program, exported] = process.argv.slice(2);
const { show } = await import(program);
const lines = readFileSync(exported, "utf8").trim().split("\n").slice(1);
const counts = {};
for (const line of lines) {
  const document = JSON.parse(line);
  const shown = show(document);
  if (!shown.includes(document.title)) throw new Error(`Without its title: ${line}`);
  counts[document.type] = (counts[document.type] ?? 0) + 1;
}
console.log(JSON.stringify(counts));
