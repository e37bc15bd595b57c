/** What the site uses of Eleventy, which has no types of its own. */
export interface EleventyConfig {
  addGlobalData(name: string, make: () => Promise<unknown>): void;
  addPassthroughCopy(from: Record<string, string>): void;
  on(event: "eleventy.after", act: () => Promise<void>): void;
  setUseGitIgnore(use: boolean): void;
  setQuietMode(quiet: boolean): void;
}
