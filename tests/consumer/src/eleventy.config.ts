/** The configuration of Eleventy, which writes the files. */

import { join, relative } from "node:path";

import { prepare } from "./build.js";
import type { EleventyConfig } from "./eleventy.js";
import { OUTPUT } from "./settings.js";

const here = relative(process.cwd(), import.meta.dirname);

export default async function configure(config: EleventyConfig) {
  const build = await prepare();
  config.setUseGitIgnore(false);
  config.addGlobalData("stale", async () => build.stale);
  config.addPassthroughCopy({ static: "static", [join(here, "static")]: "static" });
  config.on("eleventy.after", build.finish);
  return {
    dir: { input: join(here, "templates"), output: relative(process.cwd(), OUTPUT) || "." },
    templateFormats: ["11ty.js"],
  };
}
