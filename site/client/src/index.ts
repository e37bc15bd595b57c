/** Types, a mirror and helpers for sites that show what the CMS publishes. */

export { ApiError, createApi, type Api, type Options } from "./api.js";
export { escape, type PlainText, type RichText } from "./html.js";
export { picture, srcset, type PictureOptions } from "./images.js";
export {
  attributes,
  firstOf,
  languageAt,
  markAt,
  markOf,
  noticeOf,
  pointer,
  type Mark,
  type Notice,
  type Speech,
  type Spoken,
} from "./languages.js";
export { isSafe, rewriteLinks, type Link } from "./links.js";
export { match, renderBlocks, type Cases } from "./match.js";
export { catchUp, MemoryStore, placeOf, type CaughtUp, type Kept, type Store } from "./mirror.js";
export { createSite, isOf, isPage, nest, type Nested, type Place, type Site } from "./tree.js";
export type * from "./types.js";
