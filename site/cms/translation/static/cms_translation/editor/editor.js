// The translators' editor. One set of listeners serves all rows; a row's tools are made when
// somebody comes into it.

import { Bar } from "./bar.js";
import { show } from "./fragment.js";
import { KeptTexts } from "./kept_texts.js";
import { Preview } from "./preview.js";
import { Requests } from "./requests.js";
import { Saving } from "./saving.js";
import { shortcutOf, showShortcuts } from "./shortcuts.js";
import { StringRow } from "./string_row.js";

const LEFT = ["missing", "outdated", "same", "fault"];
const NARROW = "(max-width: 49.99rem)";
const LOOK = 60000; // milliseconds between looks at what others did

const { Controller } = window.StimulusModule;

class TranslationEditor extends Controller {
  static targets = [
    ...["status", "announcer", "progress", "filter"],
    ...["preview", "messages", "shortcuts"],
  ];
  static values = {
    stateUrl: String,
    publishUrl: String,
    tokenUrl: String,
    loginUrl: String,
    source: String,
    storageKey: String,
    mayPublish: Boolean,
  };

  connect() {
    this.element.translate = false;
    this.messages = JSON.parse(this.messagesTarget.textContent);
    this.rows = [...this.element.querySelectorAll(".string")];
    this.open = new Map();
    this.requests = new Requests({ tokenUrl: this.tokenUrlValue, csrf: this.#csrf() });
    const kept = new KeptTexts(this.storageKeyValue);
    this.saving = new Saving({ requests: this.requests, kept, listener: this.#listener() });
    this.page = {
      messages: this.messages,
      saving: this.saving,
      requests: this.requests,
      base: this.publishUrlValue.replace(/publish\/$/, ""),
      announce: (sentence) => this.bar.announce(sentence),
      counted: (counts) => this.bar.counted(counts),
      refresh: () => this.#look(),
    };
    this.bar = new Bar(this);
    this.preview = this.hasPreviewTarget ? new Preview(this.previewTarget) : null;
    this.#fill();
    this.#listen();
    this.#restore(kept);
    this.bar.show();
    this.bar.showStates();
    if (this.hasShortcutsTarget) showShortcuts(this.shortcutsTarget, this.messages);
    this.#goToHash();
    if (!this.sourceValue) this.#look();
    this.element.dataset.ready = "";
  }

  disconnect() {
    this.saving.stop();
    this.listening.abort();
    clearInterval(this.looking);
  }

  #csrf() {
    const config = document.getElementById("wagtail-config");
    return config ? JSON.parse(config.textContent).CSRF_TOKEN : "";
  }

  /** Puts the texts into their boxes, and each state's word beside its mark. */
  #fill() {
    for (const row of this.rows) {
      const { state, target, plain } = row.dataset;
      const box = row.querySelector(".string-box");
      const ref = row.id.slice("string-".length);
      box.setAttribute("role", "textbox");
      box.setAttribute("aria-multiline", String(plain === undefined));
      box.setAttribute("aria-labelledby", `label-${ref} source-${ref}`);
      box.setAttribute("aria-describedby", `state-${ref}`);
      if (target) show(box, target);
      row.querySelector(".string-state").textContent = this.messages[`state_${state}`];
    }
    const narrow = window.matchMedia(NARROW);
    const fold = () => {
      const related = this.element.querySelectorAll(".string-related");
      for (const one of related) one.open = !narrow.matches;
    };
    if (narrow.matches) fold();
    narrow.onchange = fold;
  }

  // Rows.

  /** The row in which an element is; made when it is first needed. */
  rowOf(element) {
    const section = element?.closest?.(".string");
    if (!section || !this.element.contains(section)) return null;
    if (!this.open.has(section)) this.open.set(section, new StringRow(section, this.page));
    return this.open.get(section);
  }

  rowNamed(ref) {
    return this.rowOf(document.getElementById(`string-${ref}`));
  }

  get current() {
    return this.element.querySelector(".string.is-current");
  }

  enter(section) {
    const before = this.current;
    if (before === section) return;
    before?.classList.remove("is-current");
    this.rowOf(section);
    section.classList.add("is-current");
    this.preview?.find(section);
  }

  go(section) {
    if (!section) return;
    section.hidden = false;
    this.enter(section);
    this.rowOf(section).typing.focus();
    section.scrollIntoView({ block: "center" });
  }

  #goToHash() {
    if (location.hash.startsWith("#string-")) this.go(document.querySelector(location.hash));
  }

  /** Goes to the next row, of these states or any, from the current one on and around. */
  step(direction, states) {
    const shown = this.rows.filter((row) => states || !row.hidden);
    const at = shown.indexOf(this.current);
    const all = shown.length;
    for (let number = 1; number <= all; number += 1) {
      const next = at < 0 && direction < 0 ? all - number : at + direction * number;
      if (!states && (next < 0 || next >= all)) return;
      const row = shown[(next + 2 * all) % all];
      if (!states || (states.includes(row.dataset.state) && row !== this.current)) {
        this.go(row);
        return;
      }
    }
    this.bar.announce(this.messages.nothing_left, { visibly: true });
  }

  // Listening.

  #listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const on = (target, kinds, answer) => {
      for (const kind of kinds.split(" ")) target.addEventListener(kind, answer, { signal });
    };
    const inBox = (answer) => (event) => {
      const { target } = event;
      const box = (target.closest ? target : target.parentElement)?.closest(".string-box");
      if (box) answer(this.rowOf(box).typing, event);
    };
    on(this.element, "beforeinput", inBox((typing, event) => typing.beforeInput(event)));
    on(this.element, "input", inBox((typing) => typing.input()));
    on(
      this.element,
      "compositionstart compositionend",
      inBox((typing, event) => typing.composition(event)),
    );
    on(this.element, "paste", inBox((typing, event) => typing.paste(event)));
    on(this.element, "drop", inBox((typing, event) => typing.drop(event)));
    // A part of a text that is dragged would be copied, not moved.
    on(this.element, "dragstart", inBox((typing, event) => event.preventDefault()));
    on(this.element, "focusin focusout", (event) => this.#focus(event));
    on(this.element, "pointerdown", () => {
      this.isPressing = true;
    });
    on(document, "pointerup pointercancel", () => {
      this.isPressing = false;
      if (this.entering) this.enter(this.entering);
      this.entering = null;
    });
    on(document, "keydown", (event) => this.#key(event));
    on(document, "selectionchange", () => this.#follow());
    on(window, "hashchange", () => this.#goToHash());
    on(window, "online focus pageshow", () => this.saving.retry());
    on(window, "focus", () => this.#look());
    on(document, "visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saving.flushAll({ keepalive: true });
      else this.saving.retry();
    });
    on(window, "pagehide", () => this.saving.flushAll({ keepalive: true }));
    on(window, "beforeunload", (event) => {
      this.saving.flushAll({ keepalive: true });
      if (this.saving.needsSomebody) event.preventDefault();
    });
    this.looking = setInterval(() => {
      if (document.visibilityState === "visible") this.#look();
    }, LOOK);
  }

  #focus(event) {
    const section = event.target.closest(".string");
    if (!section) return;
    if (event.type === "focusout") {
      if (event.target.matches(".string-box")) this.saving.flush(this.rowOf(section).ref);
    } else if (this.isPressing) {
      // The rows move when one grows: not while a mouse is down on them.
      this.entering = section;
    } else {
      this.enter(section);
    }
  }

  /** Remembers where the caret is, for the buttons. */
  #follow() {
    const { activeElement: box } = document;
    if (box?.matches(".string-box")) {
      const { typing } = this.rowOf(box);
      if (!typing.isComposing) typing.follow();
    }
  }

  #key(event) {
    if (event.isComposing) return;
    const shortcut = shortcutOf(event);
    const isInside = this.element.contains(event.target) || event.target === document.body;
    if (!isInside) return;
    const row = this.current && this.rowOf(this.current);
    const isBox = event.target.matches?.(".string-box");
    if (!shortcut) {
      if (isBox && event.key === "Escape") event.target.blur();
      else if (isBox) row?.typing.key(event);
      return;
    }
    event.preventDefault();
    if (shortcut.code) row?.code(shortcut.code);
    else this[shortcut.action](row);
  }

  // Actions, by key or button.

  nextLeft() {
    this.step(1, LEFT);
  }

  nextReview() {
    this.step(1, ["review"]);
  }

  nextString() {
    this.step(1);
  }

  previousString() {
    this.step(-1);
  }

  copySource(row) {
    row?.copySource();
  }

  saySame(row) {
    row?.saySame();
  }

  approve(row) {
    if (row?.state === "review") row.approve();
  }

  /** Approves all that are to review and in sight, as they are stored. */
  async approveAll() {
    await this.saving.flushAll();
    const seen = this.rows.filter((row) => !row.hidden && row.dataset.state === "review");
    const over = Object.fromEntries(
      seen.map(({ id, dataset }) => [id.slice("string-".length), dataset.version]),
    );
    try {
      const address = `${this.page.base}approve/`;
      const { status, body } = await this.requests.ask("POST", address, { over });
      if (status === 401) this.saving.sessionIsOver();
      for (const [ref, state] of Object.entries(body.strings ?? {})) {
        this.rowNamed(ref)?.approved(state, body.counts);
      }
      const said = body.detail || this.messages[status === 200 ? "approved" : "refused"];
      if (status !== 401) this.bar.announce(said, { visibly: true });
    } catch {
      this.bar.announce(this.messages.no_answer, { visibly: true });
    }
  }

  togglePreview() {
    this.preview?.toggle(this.current);
  }

  openShortcuts() {
    const dialog = document.getElementById("keyboard-shortcuts-dialog");
    dialog?.dispatchEvent(new CustomEvent("w-dialog:show"));
  }

  reload() {
    location.reload();
  }

  filter(event) {
    const wanted = event.currentTarget.dataset.filter;
    for (const button of this.filterTargets) {
      button.setAttribute("aria-pressed", String(button.dataset.filter === wanted));
    }
    this.element.dataset.shows = wanted;
    for (const row of this.rows) {
      row.hidden = wanted !== "all" && row.dataset.state !== wanted && !row.matches(".is-conflict");
    }
    for (const group of this.element.querySelectorAll(".editor-group")) {
      const rows = [...group.querySelectorAll(".string")];
      group.hidden = rows.length > 0 && rows.every(({ hidden }) => hidden);
    }
  }

  async publish() {
    if (this.isPublishing || !this.mayPublishValue) return;
    this.isPublishing = true;
    try {
      await this.saving.flushAll();
      if (this.saving.number) {
        this.bar.announce(this.messages.publish_waits, { visibly: true });
        return;
      }
      this.bar.announce(this.messages.publishing, { visibly: true });
      const { status, body } = await this.requests.ask("POST", this.publishUrlValue);
      if (status === 401) this.saving.sessionIsOver();
      const said = body.message || body.detail || this.messages.refused;
      if (status !== 401) this.bar.announce(said, { visibly: true });
      if (status === 200) this.#look();
    } catch {
      this.bar.announce(this.messages.no_answer, { visibly: true });
    } finally {
      this.isPublishing = false;
    }
  }

  // Saving.

  #listener() {
    const to = (method) => (ref, ...what) => this.rowNamed(ref)?.[method](...what);
    return {
      changed: () => this.bar?.show(),
      saved: (ref, answer, sent) => {
        this.rowNamed(ref)?.saved(answer, sent);
        if (!answer.state) this.#look();
        this.bar.saved();
        this.preview?.refresh();
      },
      conflict: to("conflict"),
      gone: (ref, answer) => {
        this.rowNamed(ref)?.gone(answer);
        this.bar.announce(answer.detail || this.messages.gone, { visibly: true });
        this.#look();
      },
      refused: to("refused"),
    };
  }

  /** Puts what an earlier page could not save into the boxes, and sends it. */
  #restore(kept) {
    for (const [ref, text] of kept.all()) {
      const row = this.rowNamed(ref);
      if (row && text.data === row.element.dataset.target && !text.same) {
        kept.forget(ref);
        continue;
      }
      row?.typing.show(text.data);
      this.saving.put(ref, text, { at: 0 });
    }
  }

  /** Looks whether others saved something, and whether the source is still the same. */
  async #look() {
    if (this.saving.trouble) return;
    let answer;
    try {
      answer = await this.requests.ask("GET", this.stateUrlValue);
    } catch {
      return; // Said when there is something to save.
    }
    if (answer.status === 401) this.saving.sessionIsOver();
    if (answer.status !== 200 || !answer.body.strings) return;
    const { source, strings, counts } = answer.body;
    this.digest ||= this.sourceValue || source;
    this.bar.sourceHasChanged = source !== this.digest;
    for (const section of this.rows) {
      const found = strings[section.id.slice("string-".length)];
      if (found) this.#seen(section, found);
    }
    this.bar.counted(counts);
    this.bar.show();
  }

  #seen(section, { version, state }) {
    const row = this.open.get(section);
    if (row && this.saving.has(row.ref)) return;
    if (section.dataset.version === version && section.dataset.state !== state) {
      section.dataset.state = state;
      section.querySelector(".string-state").textContent = this.messages[`state_${state}`];
    } else if (section.dataset.version !== version) {
      this.rowOf(section).savedElsewhere({ version, state });
    }
  }
}

window.wagtail.app.register("translation-editor", TranslationEditor);
