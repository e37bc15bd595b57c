/** Each file that must be made anew. */

import type { Stale } from "../build.js";

interface Data {
  file: Stale;
}

export const data = {
  pagination: { data: "stale", size: 1, alias: "file" },
  permalink: ({ file }: Data): string => file.path,
};

export function render({ file }: Data): string {
  return file.render();
}
