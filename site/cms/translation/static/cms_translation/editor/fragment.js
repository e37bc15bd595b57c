// A fragment in a box of the page, and the caret in it. A place is counted in characters; a line
// break is one.

import { TAGS, fragmentOf, languageOf, runsOf } from "./runs.js";

/** The elements and texts that show runs. `titles` has the address of each link by its id. */
export const nodesOf = (runs, titles = {}) => {
  const root = document.createDocumentFragment();
  const open = [{ mark: null, node: root }];
  for (const { text, marks, isBreak } of runs) {
    let kept = 0;
    while (kept < marks.length && open[kept + 1]?.mark === marks[kept]) kept += 1;
    open.length = kept + 1;
    for (const mark of marks.slice(kept)) {
      const node = document.createElement(mark.tag);
      if (mark.id) node.dataset.code = mark.id;
      if (titles[mark.id]) node.title = titles[mark.id];
      if (languageOf(mark.id)) {
        node.lang = languageOf(mark.id);
        node.dir = "auto";
      }
      open.at(-1).node.append(node);
      open.push({ mark, node });
    }
    if (isBreak) open.at(-1).node.append(document.createElement("br"));
    else if (text) open.at(-1).node.append(text);
  }
  // A browser shows no line after the last break: another stands for it.
  if (runs.at(-1)?.isBreak) root.append(document.createElement("br"));
  return root;
};

const isBlock = (node) => ["DIV", "P", "LI"].includes(node.tagName);

/** The runs that a box shows, whatever a browser or an extension has put into it. */
export const runsIn = (box) => {
  const runs = [];
  const walk = (parent, marks) => {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.data) runs.push({ text: node.data, marks });
      } else if (node.tagName === "BR") {
        runs.push({ text: "\n", isBreak: true, marks });
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        if (isBlock(node) && runs.length && !runs.at(-1).isBreak) {
          runs.push({ text: "\n", isBreak: true, marks });
        }
        const tag = node.localName;
        const id = node.dataset.code ?? "";
        const inside = TAGS.has(tag) && (tag !== "a" || id || !node.href);
        const number = runs.length;
        walk(node, inside ? [...marks, { tag, id }] : marks);
        if (tag === "a" && inside && runs.length === number) {
          runs.push({ text: "", marks: [...marks, { tag, id }] });
        }
      }
    }
  };
  walk(box, []);
  // The last break is the one that stands for an empty line, whoever put it there.
  if (runs.at(-1)?.isBreak) runs.pop();
  return runs;
};

/** Whether a box holds anything but text, breaks and the elements of fragments. */
export const isForeign = (box) =>
  [...box.querySelectorAll("*")].some(
    (node) =>
      !(TAGS.has(node.localName) || node.localName === "br") ||
      node.hasAttribute("style") ||
      node.hasAttribute("href") ||
      node.hasAttribute("class"),
  );

export const show = (box, fragment, titles) =>
  box.replaceChildren(nodesOf(runsOf(fragment), titles));

export const shown = (box) => fragmentOf(runsIn(box));

const lengthOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.length;
  if (node.tagName === "BR") return 1;
  return [...node.childNodes].reduce((sum, child) => sum + lengthOf(child), 0);
};

const placeOf = (box, node, offset) => {
  let place = node.nodeType === Node.TEXT_NODE ? offset : 0;
  if (node.nodeType !== Node.TEXT_NODE) {
    for (const child of [...node.childNodes].slice(0, offset)) place += lengthOf(child);
  }
  for (let at = node; at !== box; at = at.parentNode) {
    for (let before = at.previousSibling; before; before = before.previousSibling) {
      place += lengthOf(before);
    }
  }
  return place;
};

/** The places of the selection in a box; `null` when it is elsewhere. */
export const caretIn = (box) => {
  const selection = document.getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  return {
    start: placeOf(box, range.startContainer, range.startOffset),
    end: placeOf(box, range.endContainer, range.endOffset),
  };
};

const pointAt = (box, place) => {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let left = place;
  let last = [box, 0];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (left <= node.data.length) return [node, left];
      left -= node.data.length;
      last = [node, node.data.length];
    } else if (node.tagName === "BR") {
      const index = [...node.parentNode.childNodes].indexOf(node);
      if (!left) return [node.parentNode, index];
      left -= 1;
      last = [node.parentNode, index + 1];
    }
  }
  return last;
};

/** Selects what is between two places of a box. */
export const select = (box, { start, end }) => {
  document.getSelection().setBaseAndExtent(...pointAt(box, start), ...pointAt(box, end));
};
