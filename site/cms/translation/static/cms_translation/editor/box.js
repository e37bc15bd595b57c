// A box in which a translation is typed. Nothing but text, breaks and the codes of the source gets
// into it; what was done is undone with Ctrl+Z, be it typed or done by a button.

import { caretIn, isForeign, runsIn, select, show, shown } from "./fragment.js";
import {
  formatsIn,
  formatted,
  fragmentOf,
  hasFormat,
  languageOf,
  linked,
  linksIn,
  replaced,
  runsOf,
  runsOfText,
  textOf,
  trimmed,
  unformatted,
  wordAt,
} from "./runs.js";

const BURST = 1000; // milliseconds within which typing is undone at once
const STEPS = 200;

// What a browser offers as a format, and the elements that can stand for it.
const FORMATS = {
  formatBold: ["b", "strong"],
  formatItalic: ["i", "em"],
  formatSubscript: ["sub"],
  formatSuperscript: ["sup"],
};
const KEYS = { b: "formatBold", i: "formatItalic" };

export class TextBox {
  /**
   * @param element the box.
   * @param source fragment of the source.
   * @param isPlain whether the field holds text alone.
   * @param titles the address of each link, by its id.
   * @param onChange called after each change of the text.
   */
  constructor(element, { source, isPlain, titles = {}, onChange }) {
    this.element = element;
    this.titles = titles;
    this.onChange = onChange;
    const runs = runsOf(source);
    this.links = linksIn(runs);
    this.formats = formatsIn(runs);
    this.breaks = !isPlain || runs.some(({ isBreak }) => isBreak);
    this.done = [];
    this.undone = [];
    this.caret = null;
    this.lastKind = "";
    this.lastAt = 0;
    this.isComposing = false;
  }

  get fragment() {
    return shown(this.element);
  }

  get runs() {
    return runsIn(this.element);
  }

  /** Shows a text that is stored. */
  show(fragment) {
    show(this.element, fragment, this.titles);
  }

  /** Shows another text, which can be undone. */
  set(fragment) {
    this.remember("set");
    this.show(fragment);
    this.focus();
    this.#changed();
  }

  /** Puts the caret at the end. */
  focus() {
    this.element.focus();
    document.getSelection().selectAllChildren(this.element);
    document.getSelection().collapseToEnd();
  }

  /** The links of the source that are around no word of the text. */
  missingLinks() {
    const runs = this.runs;
    if (!textOf(runs).trim()) return [];
    const found = linksIn(runs);
    // In a translation into their own language, words need no mark of it.
    return [...this.links.keys()].filter(
      (id) => !found.has(id) && languageOf(id) !== this.element.lang,
    );
  }

  /** Remembers where the caret is. */
  follow() {
    this.caret = caretIn(this.element) ?? this.caret;
  }

  /** Where the caret is, or where it was when the box was left. */
  place() {
    const length = textOf(this.runs).length;
    const { start, end } = caretIn(this.element) ?? this.caret ?? { start: length, end: length };
    return { start: Math.min(start, length), end: Math.min(end, length) };
  }

  // Codes.

  /** Puts a link around the selected words, or the word at the caret. */
  link(id) {
    const runs = this.runs;
    const { start, end, caret } = this.#words(runs);
    if (end > start) this.#put(linked(runs, start, end, id), caret);
    else if (!linksIn(runs).has(id)) this.linkAtEnd(id);
  }

  /** Puts a link at the end, around the words that it has in the source. */
  linkAtEnd(id) {
    const runs = this.runs;
    const text = textOf(runs);
    const start = text.length + (text && !/\s$/.test(text) ? 1 : 0);
    const words = this.links.get(id).trim();
    const more = [{ text: (start > text.length ? " " : "") + words, marks: [] }];
    const all = replaced(runs, text.length, text.length, more);
    const end = start + words.length;
    this.#put(linked(all, start, end, id), { start, end });
  }

  /** Puts a format around the selected words, or takes it off them. */
  format(tag) {
    const runs = this.runs;
    const { start, end, caret } = this.#words(runs);
    if (end === start) return;
    const change = hasFormat(runs, start, end, tag) ? unformatted : formatted;
    this.#put(change(runs, start, end, tag), caret);
  }

  lineBreak() {
    if (this.breaks) this.#write([{ text: "\n", isBreak: true, marks: [] }]);
  }

  /** The places of the selected words, or of the word at the caret, which then stays there. */
  #words(runs) {
    const caret = this.place();
    const { start, end } = caret;
    if (start === end) return { ...wordAt(runs, start), caret };
    const words = trimmed(runs, start, end);
    return { ...words, caret: words };
  }

  #write(others) {
    const { start, end } = this.place();
    const place = start + textOf(others).length;
    this.#put(replaced(this.runs, start, end, others), { start: place, end: place });
  }

  #put(runs, caret) {
    this.remember("code");
    this.show(fragmentOf(runs));
    this.element.focus();
    select(this.element, caret);
    this.#changed();
  }

  // What may be typed.

  beforeInput(event) {
    const { inputType: kind } = event;
    if (this.isComposing || kind === "insertCompositionText") return;
    if (kind === "historyUndo" || kind === "historyRedo") {
      event.preventDefault();
      if (kind === "historyUndo") this.undo();
      else this.redo();
    } else if (kind === "insertParagraph" || kind === "insertLineBreak") {
      event.preventDefault();
      this.lineBreak();
    } else if (kind === "insertText" && !event.getTargetRanges()[0]?.collapsed) {
      // Written over a link's words, text stays in the link.
      event.preventDefault();
      this.#write(runsOfText(event.data ?? "", { breaks: this.breaks }));
    } else if (kind === "insertText" || kind.startsWith("delete")) {
      if (kind === "deleteByDrag") event.preventDefault();
      else this.remember(/\s/.test(event.data ?? "") ? "space" : kind);
    } else if (kind === "insertReplacementText") {
      this.remember(kind);
    } else {
      event.preventDefault();
      const tag = FORMATS[kind]?.find((one) => this.formats.includes(one));
      if (tag) this.format(tag);
    }
  }

  composition(event) {
    if (event.type === "compositionstart") {
      this.remember("composition");
      this.isComposing = true;
    } else {
      this.isComposing = false;
      this.#changed();
    }
  }

  input() {
    if (!this.isComposing) this.#changed();
  }

  /** Takes the keys that a browser would answer itself. Returns whether it took one. */
  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) this.undo();
    else if (key === "y" || key === "z") this.redo();
    else if (KEYS[key]) {
      const tag = FORMATS[KEYS[key]].find((one) => this.formats.includes(one));
      if (tag) this.format(tag);
    } else if (key !== "u") return false;
    event.preventDefault();
    return true;
  }

  paste(event) {
    event.preventDefault();
    this.#bring(event.clipboardData);
  }

  drop(event) {
    event.preventDefault();
    const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const point = range ?? document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const node = point?.startContainer ?? point?.offsetNode;
    if (node && this.element.contains(node)) {
      document.getSelection().collapse(node, point.startOffset ?? point.offset);
    }
    this.#bring(event.dataTransfer);
  }

  #bring(transfer) {
    const text = transfer?.getData("text/plain") ?? "";
    if (text) this.#write(runsOfText(text, { breaks: this.breaks }));
  }

  // What was done.

  #state() {
    return { fragment: this.fragment, caret: caretIn(this.element) };
  }

  /** Keeps the text as it is, before it is changed; a burst of typing is one step. */
  remember(kind) {
    const now = Date.now();
    const isSame = kind === this.lastKind && now - this.lastAt < BURST;
    const isTyping = ["insertText", "space"].includes(kind) || kind.startsWith("delete");
    this.lastKind = kind;
    this.lastAt = now;
    if (isSame && isTyping) return;
    this.done.push(this.#state());
    if (this.done.length > STEPS) this.done.shift();
    this.undone = [];
  }

  undo() {
    this.#go(this.done, this.undone);
  }

  redo() {
    this.#go(this.undone, this.done);
  }

  #go(from, to) {
    const before = from.pop();
    if (!before) return;
    to.push(this.#state());
    this.show(before.fragment);
    if (before.caret) select(this.element, before.caret);
    this.lastKind = "";
    this.#changed();
  }

  #changed() {
    if (isForeign(this.element)) {
      const caret = caretIn(this.element);
      this.show(this.fragment);
      if (caret) select(this.element, caret);
    }
    this.onChange(this.fragment);
  }
}
