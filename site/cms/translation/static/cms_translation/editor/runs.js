// A fragment as runs of text, and what is done with them. Nothing here knows of the page.
//
// A fragment is what cms.translation.fragments describes: escaped text, a few inline tags, `id`
// alone as an attribute. A run is `{text, marks, isBreak}`; its marks, `{tag, id}`, are those that
// stand around it, the outermost first. Two runs are in one element when they share the mark
// itself, not one that looks like it. A line break is a run of its own, one place long.

export const TAGS = new Set(
  ["a", "abbr", "acronym", "b", "code", "em", "i", "strong", "sub", "sup"],
);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*?)?)\s*(\/?)>/g;
const ID = /^\s*id="([^"]*)"\s*$/;
const PART = /^lang-([A-Za-z0-9-]+)-[0-9]+$/;
const SIMPLE = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** The language of marked words, by the id of their mark; empty for a link. */
export const languageOf = (id) => id.match(PART)?.[1] ?? "";

const unescaped = (text) => {
  if (!text.includes("&")) return text;
  if (!/&(?!(amp|lt|gt);)/.test(text)) return text.replace(/&(amp|lt|gt);/g, (one) => SIMPLE[one]);
  const holder = document.createElement("template");
  holder.innerHTML = text.replace(/</g, "&lt;");
  return holder.content.textContent;
};

const escaped = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** The runs of a fragment. A tag that is not allowed is shown as text: it is not lost. */
export const runsOf = (fragment) => {
  const runs = [];
  const open = [];
  let position = 0;
  const add = (text) => {
    if (text) runs.push({ text, marks: open.map(({ mark }) => mark) });
  };
  const filled = () => {
    for (const one of open) one.isEmpty = false;
  };
  for (const match of fragment.matchAll(TAG)) {
    const [whole, closing, name, attributes] = match;
    const tag = name.toLowerCase();
    const before = fragment.slice(position, match.index);
    if (before) filled();
    add(unescaped(before));
    position = match.index + whole.length;
    if (tag === "br" && !closing && !attributes.trim()) {
      filled();
      runs.push({ text: "\n", isBreak: true, marks: open.map(({ mark }) => mark) });
    } else if (TAGS.has(tag) && closing && open.at(-1)?.mark.tag === tag) {
      // An element around nothing leaves an empty run, so that it is written again.
      if (open.at(-1).isEmpty) {
        runs.push({ text: "", marks: open.map(({ mark }) => mark) });
        filled();
      }
      open.pop();
    } else if (TAGS.has(tag) && !closing && (!attributes.trim() || ID.test(attributes))) {
      const id = unescaped(attributes.match(ID)?.[1] ?? "");
      open.push({ mark: { tag, id }, isEmpty: true });
    } else {
      filled();
      add(whole);
    }
  }
  add(unescaped(fragment.slice(position)));
  return runs;
};

const shared = (first, second) => {
  let number = 0;
  while (number < first.length && first[number] === second[number]) number += 1;
  return number;
};

/** The fragment that runs make, exactly as it is stored. */
export const fragmentOf = (runs) => {
  let written = "";
  let open = [];
  const closeTo = (number) => {
    for (const { tag } of open.slice(number).reverse()) written += `</${tag}>`;
  };
  for (const { text, marks, isBreak } of runs) {
    const kept = shared(open, marks);
    closeTo(kept);
    for (const { tag, id } of marks.slice(kept)) {
      written += id ? `<${tag} id="${id}">` : `<${tag}>`;
    }
    written += isBreak ? "<br/>" : escaped(text);
    open = marks;
  }
  closeTo(0);
  return written;
};

export const textOf = (runs) => runs.map(({ text }) => text).join("");

/** The runs, cut at two places, as those before, between and after. */
const cut = (runs, start, end) => {
  const parts = [[], [], []];
  let position = 0;
  for (const run of runs) {
    const { length } = run.text;
    const places = [0, start - position, end - position, length];
    for (let part = 0; part < 3; part += 1) {
      const from = Math.max(0, Math.min(length, places[part]));
      const to = Math.max(from, Math.min(length, places[part + 1]));
      if (to > from) parts[part].push({ ...run, text: run.text.slice(from, to) });
    }
    if (!length) parts[position < start ? 0 : position < end ? 1 : 2].push(run);
    position += length;
  }
  return parts;
};

const isAlike = (first, second) => first.tag === second.tag && first.id === second.id;

/** The runs, with neighbours of the same kind in one element, and no empty ones but links. */
export const joined = (runs) => {
  const done = [];
  for (const run of runs) {
    if (!run.text && !run.marks.some(({ tag }) => tag === "a")) continue;
    const before = done.at(-1)?.marks ?? [];
    const marks = [...run.marks];
    for (let at = 0; at < marks.length && before[at]; at += 1) {
      if (!isAlike(before[at], marks[at])) break;
      marks[at] = before[at];
    }
    done.push({ ...run, marks });
  }
  return done;
};

/** The links of runs around something that can be seen, by their ids. */
export const linksIn = (runs) => {
  const found = new Map();
  for (const { text, marks } of runs) {
    for (const { tag, id } of marks) {
      if (tag === "a") found.set(id, (found.get(id) ?? "") + text);
    }
  }
  for (const [id, text] of found) if (!text.trim()) found.delete(id);
  return found;
};

/** The formats of runs: every tag once, in their order; links are none. */
export const formatsIn = (runs) =>
  [...new Set(runs.flatMap(({ marks }) => marks.map(({ tag }) => tag)))].filter(
    (tag) => tag !== "a",
  );

/** The places of a range without the space around its words. */
export const trimmed = (runs, start, end) => {
  const text = textOf(runs);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return { start, end };
};

const WORD = /[\p{L}\p{M}\p{N}'’-]/u;

/** The places of the word at a place; both are that place where no word is. */
export const wordAt = (runs, place) => {
  const text = textOf(runs);
  let [start, end] = [place, place];
  while (start > 0 && WORD.test(text[start - 1])) start -= 1;
  while (end < text.length && WORD.test(text[end])) end += 1;
  return { start, end };
};

/** Whether all that can be seen between two places has a format. */
export const hasFormat = (runs, start, end, tag) => {
  const [, between] = cut(runs, start, end);
  const seen = between.filter(({ text }) => text.trim());
  return seen.length > 0 && seen.every(({ marks }) => marks.some((mark) => mark.tag === tag));
};

const without = (run, isOut) => ({ ...run, marks: run.marks.filter((mark) => !isOut(mark)) });

/** The runs with a format around what is between two places. */
export const formatted = (runs, start, end, tag) => {
  const [before, between, after] = cut(runs, start, end);
  const mark = { tag, id: "" };
  const done = between.map((run) =>
    run.marks.some((one) => one.tag === tag) ? run : { ...run, marks: [...run.marks, mark] },
  );
  return joined([...before, ...done, ...after]);
};

/** The runs without a format between two places. */
export const unformatted = (runs, start, end, tag) => {
  const [before, between, after] = cut(runs, start, end);
  // What stays formatted before and after is in two elements from here on.
  const second = new Map();
  const apart = (mark) => {
    if (mark.tag !== tag) return mark;
    if (!second.has(mark)) second.set(mark, { ...mark });
    return second.get(mark);
  };
  const done = between.map((run) => without(run, (mark) => mark.tag === tag));
  return joined([
    ...before,
    ...done,
    ...after.map((run) => ({ ...run, marks: run.marks.map(apart) })),
  ]);
};

/** The runs with a link around what is between two places, and nowhere else. */
export const linked = (runs, start, end, id) => {
  const [before, between, after] = cut(runs, start, end);
  const isSame = (mark) => mark.tag === "a" && mark.id === id;
  const free = (part) =>
    part.map((run) => without(run, isSame)).filter(({ text, marks }) => text || marks.length);
  const link = { tag: "a", id };
  const done = between
    .filter(({ text }) => text)
    .map((run) => without(run, (mark) => mark.tag === "a"))
    .map((run) => ({ ...run, marks: [link, ...run.marks] }));
  return whole(joined([...free(before), ...done, ...free(after)]));
};

/** The runs with each link in one piece: of one that was cut, the longest piece stays a link. */
const whole = (runs) => {
  const pieces = [];
  let before = null;
  for (const run of runs) {
    const link = run.marks.find(({ tag }) => tag === "a");
    if (link && link !== before) pieces.push({ id: link.id, length: 0, runs: new Set() });
    if (link) {
      pieces.at(-1).length += run.text.trim().length;
      pieces.at(-1).runs.add(run);
    }
    before = link;
  }
  const longest = new Map();
  for (const piece of pieces) {
    if (!(longest.get(piece.id)?.length >= piece.length)) longest.set(piece.id, piece);
  }
  const stays = ({ id }, run) => longest.get(id).runs.has(run);
  return joined(runs.map((run) => without(run, (mark) => mark.tag === "a" && !stays(mark, run))));
};

/**
 * The runs with others in the place of what is between two places. What is written into an element
 * is in it; what is written over a part of one as well, so that no link is typed away.
 */
export const replaced = (runs, start, end, others) => {
  const [before, between, after] = cut(runs, start, end);
  const around = between.length ? between : [before.at(-1), after[0]];
  let marks = around[0]?.marks ?? [];
  for (const run of around) marks = marks.slice(0, shared(marks, run?.marks ?? []));
  const inside = others.map((run) => ({ ...run, marks: [...marks, ...run.marks] }));
  return [...before, ...inside, ...after];
};

// Not in XML, hence in no file for translators either.
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** The runs of a text that comes from elsewhere. */
export const runsOfText = (text, { breaks }) => {
  const lines = text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNSTORABLE, "")
    .replace(/\n+$/, "")
    .split("\n");
  if (!breaks) return [{ text: lines.join(" "), marks: [] }];
  return lines.flatMap((line, number) => [
    ...(number ? [{ text: "\n", isBreak: true, marks: [] }] : []),
    ...(line ? [{ text: line, marks: [] }] : []),
  ]);
};
