/** Images in the size and format that a reader's browser wants. */

import { escape } from "./html.js";
import { attributes as marked, type Mark } from "./languages.js";

/** What is needed of an image. */
export interface Shown {
  alt: string;
  width: number;
  height: number;
  focal_point: { x: number; y: number } | null;
  renditions: readonly { url: string; width: number; height: number; format: string }[];
}

export interface PictureOptions {
  /** How wide it is shown, as in HTML; `100vw` unless told otherwise. */
  sizes?: string;
  /** Another description than its own; empty for an image that says nothing. */
  alt?: string;
  /** The language of the description, as `markAt` gives it. */
  mark?: Mark | null;
  class?: string;
  /** `eager` for the one that readers see first. */
  loading?: "lazy" | "eager";
  /** The widest to use where the browser cannot choose; 960 pixels unless told otherwise. */
  width?: number;
}

/** The best first; browsers take the first that they know. */
const MODERN = ["avif", "webp"];

/** The addresses of an image in a format, each with its width. */
export function srcset(image: Shown, format: string): string {
  return image.renditions
    .filter((rendition) => rendition.format === format)
    // Commas and spaces part the addresses of a srcset.
    .map(({ url, width }) => `${url.replace(/[\s,]/g, encodeURIComponent)} ${width}w`)
    .join(", ");
}

/** A `<picture>` with every format and width there is; nothing for an image without renditions. */
export function picture(image: Shown, options: PictureOptions = {}): string {
  const { sizes = "100vw", alt = image.alt, loading = "lazy", width = 960 } = options;
  const plain = image.renditions.filter(({ format }) => !MODERN.includes(format));
  const offered = (plain.length > 0 ? plain : [...image.renditions]).sort(
    (one, other) => one.width - other.width,
  );
  const shown = offered.findLast((each) => each.width <= width) ?? offered[0];
  if (shown === undefined) return "";
  const sources = MODERN.filter((format) => format !== shown.format).map((format) => {
    const addresses = srcset(image, format);
    return addresses === ""
      ? ""
      : `<source type="image/${format}" srcset="${escape(addresses)}" sizes="${escape(sizes)}">`;
  });
  const point = image.focal_point;
  const attributes = [
    `src="${escape(shown.url)}"`,
    `srcset="${escape(srcset(image, shown.format))}"`,
    `sizes="${escape(sizes)}"`,
    `width="${shown.width}"`,
    `height="${shown.height}"`,
    `alt="${escape(alt)}"`,
    `loading="${loading}"`,
    ...(options.class ? [`class="${escape(options.class)}"`] : []),
    ...(point ? [`style="object-position: ${percent(point.x)} ${percent(point.y)}"`] : []),
  ];
  const mark = marked(options.mark ?? null);
  return `<picture>${sources.join("")}<img ${attributes.join(" ")}${mark}></picture>`;
}

function percent(share: number): string {
  return `${+(share * 100).toFixed(2)}%`;
}
