// The page as it will look, beside the rows, at the place of the string that is typed.

import { make } from "./elements.js";
import { runsOf, textOf } from "./runs.js";

const PAUSE = 1500; // milliseconds: several texts that are saved at once are one change

export class Preview {
  constructor(aside) {
    this.aside = aside;
  }

  get isOpen() {
    return !this.aside.hidden;
  }

  toggle(section) {
    this.aside.hidden = this.isOpen;
    this.aside.parentElement.classList.toggle("has-preview", this.isOpen);
    // The rows are as wide as the preview leaves room for: the row at hand stays in sight.
    section?.scrollIntoView({ block: "center" });
    if (!this.isOpen) return;
    this.section = section;
    if (!this.frame) {
      const title = this.aside.getAttribute("aria-label");
      this.frame = make("iframe", { title, onload: () => this.find(this.section) });
      this.aside.append(this.frame);
    }
    this.frame.src = this.aside.dataset.url;
  }

  refresh() {
    // One that follows by itself is told with every other.
    document.dispatchEvent(new CustomEvent("cms:saved"));
    if (!this.isOpen || "follows" in this.aside.dataset) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.frame.contentWindow?.location.reload(), PAUSE);
  }

  /** Scrolls to the text of a row. */
  find(section) {
    this.section = section;
    const page = this.isOpen && section && this.frame?.contentDocument;
    if (!page?.body) return;
    const { target, source } = section.dataset;
    // What is not published as it stands, such as a text with a fault, is there in the source's words.
    [target, source].filter(Boolean).some((fragment) => scrolledTo(page, longestPiece(fragment)));
  }
}

/** The longest part of a fragment without markup within: a text node of the page has it. */
const longestPiece = (fragment) =>
  fragment
    .split(/<[^>]*>/)
    .map((piece) => textOf(runsOf(piece)).trim())
    .sort((one, other) => other.length - one.length)[0];

function scrolledTo(page, words) {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const start = words.slice(0, 30);
  while (start && walker.nextNode()) {
    if (!walker.currentNode.data.includes(start)) continue;
    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
    return true;
  }
  return false;
}
