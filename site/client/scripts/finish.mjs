/** Puts the generated types beside what tsc has compiled; tsc leaves declarations where they are. */

import { copyFile } from "node:fs/promises";

const here = (path) => new URL(`../${path}`, import.meta.url);
await copyFile(here("src/schema.d.ts"), here("dist/schema.d.ts"));
