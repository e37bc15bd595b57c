// Small pieces of the page that several parts of the editor make.

import { nodesOf } from "./fragment.js";
import { runsOf } from "./runs.js";

/** An element with attributes and children. What begins with `on` is a listener. */
export const make = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

/** A button that leaves the selection in a box as it is. */
export const button = (label, onclick, attributes = {}) =>
  make(
    "button",
    {
      type: "button",
      class: "button button-small button-secondary",
      onmousedown: (event) => event.preventDefault(),
      onclick,
      ...attributes,
    },
    label,
  );

/** A fragment that is read, not typed. `like` is the box in whose language it is. */
export const text = (fragment, like, name = "div") =>
  make(name, { class: "string-text", lang: like.lang, dir: like.dir }, nodesOf(runsOf(fragment)));

/** A sentence with its places filled in: `{name}`. */
export const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A moment as people write it. */
export const moment = (at) =>
  at
    ? new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
        dateStyle: "medium",
        timeStyle: "short",
      }).format(new Date(at))
    : "";
