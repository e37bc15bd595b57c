// The bar: what is left, whether all is saved, and what has to be done where it is not.

import { button, filled, make } from "./elements.js";

const LONG = 10000; // milliseconds for which an answer stays in sight

export class Bar {
  sourceHasChanged = false;

  constructor(editor) {
    this.editor = editor;
    this.hasSaved = false;
  }

  /** Says a sentence to who listens, and shows it to who looks. */
  announce(sentence, { visibly = false } = {}) {
    this.editor.announcerTarget.textContent = sentence;
    if (!visibly) return;
    this.said = sentence;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.said = "";
      this.show();
    }, LONG);
    this.show();
  }

  saved() {
    this.hasSaved = true;
    this.show();
    this.showStates();
  }

  show() {
    const { editor } = this;
    const [kind, ...parts] = this.#status();
    const words = parts.map((part) => part.textContent ?? part).join("");
    editor.statusTarget.dataset.status = kind;
    if (editor.statusTarget.textContent !== words) editor.statusTarget.replaceChildren(...parts);
    // "Saving…" at every word would be heard all the time.
    if (kind !== "saving" && words && words !== this.heard) {
      this.heard = words;
      editor.announcerTarget.textContent = words;
    } else if (kind === "saving") {
      this.heard = "";
    }
  }

  #status() {
    const { messages, saving, loginUrlValue } = this.editor;
    const { number, trouble, detail } = saving;
    const kept = number ? ` ${filled(messages.kept, { number })}` : "";
    if (trouble === "session") {
      const login = make("a", { href: loginUrlValue, target: "_blank" }, messages.log_in);
      return ["trouble", `${messages.session_over}${kept} `, login];
    }
    if (trouble) return ["trouble", `${detail || messages[trouble]}${kept}`];
    if (saving.isSending) return ["saving", messages.saving];
    if (number) return ["trouble", filled(messages.unsettled, { number })];
    if (this.sourceHasChanged) {
      const again = button(messages.reload, () => this.editor.reload());
      return ["trouble", `${messages.source_changed} `, again];
    }
    if (this.said) return ["said", this.said];
    return this.hasSaved ? ["saved", messages.saved] : ["quiet"];
  }

  /** Shows the numbers of the server. */
  counted(counts) {
    for (const place of this.editor.element.querySelectorAll("[data-count]")) {
      const number = counts?.[place.dataset.count];
      if (number !== undefined) place.textContent = number;
    }
    this.showStates();
  }

  /** Shows how many rows are in each state. */
  showStates() {
    const { editor } = this;
    const numbers = { all: editor.rows.length };
    for (const { dataset } of editor.rows) {
      numbers[dataset.state] = (numbers[dataset.state] ?? 0) + 1;
    }
    for (const filter of editor.filterTargets) {
      filter.querySelector("b").textContent = numbers[filter.dataset.filter] ?? 0;
    }
    for (const part of editor.progressTarget.children) {
      part.style.flexGrow = part.dataset.states
        .split(" ")
        .reduce((sum, state) => sum + (numbers[state] ?? 0), 0);
    }
  }
}
