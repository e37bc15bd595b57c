// The keys of the editor, and the part of Wagtail's dialog that lists them.

// On a Mac, Alt writes letters; with Control it writes none.
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

const WITH_ALT = {
  KeyA: "approve",
  KeyN: "nextLeft",
  KeyR: "nextReview",
  KeyC: "copySource",
  KeyS: "saySame",
  KeyP: "togglePreview",
  Enter: "publish",
  NumpadEnter: "publish",
};
const WITH_CONTROL = { ArrowDown: "nextString", ArrowUp: "previousString" };

/** What a key does: `{action}`, `{code}`, or nothing. The place of a key counts, not its letter. */
export const shortcutOf = (event) => {
  // AltGr writes letters of several of the languages.
  if (event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return null;
  const hasAlt = event.altKey && event.ctrlKey === isMac;
  const hasControl = event.ctrlKey && event.altKey === isMac;
  const number = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (hasAlt && number) return { code: Number(number) };
  const action = (hasAlt && WITH_ALT[event.code]) || (hasControl && WITH_CONTROL[event.code]);
  return action ? { action } : null;
};

/** Puts the list of keys first in the dialog that `?` opens. */
export const showShortcuts = (template, messages) => {
  const list = template.content.cloneNode(true);
  if (isMac) {
    messages.alt = "⌃⌥";
    for (const key of list.querySelectorAll("kbd")) {
      key.textContent = key.textContent.replace(/Alt|Ctrl/, "⌃⌥");
    }
  }
  const put = () => {
    const table = document.querySelector("#keyboard-shortcuts-dialog table");
    table?.querySelector("thead")?.after(list);
    return Boolean(table);
  };
  // Wagtail puts the dialog into the page a moment later.
  if (!put()) requestAnimationFrame(put);
};
