// The row of one string: its box, its state, and the tools that it shows when somebody is in it.

import { TextBox } from "./box.js";
import { button, filled, make, moment, text } from "./elements.js";
import { links } from "./links_view.js";
import { languageOf, runsOf, textOf } from "./runs.js";

const who = (...parts) => make("p", { class: "string-who" }, parts.filter(Boolean).join(" · "));

export class StringRow {
  /**
   * @param page what all rows share: `messages` in the admin's language, `saving`, `requests`,
   *   `base` of the addresses, and `announce`, `counted` and `refresh` to tell the others.
   */
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.ref = element.id.slice("string-".length);
    this.url = `${page.base}strings/${this.ref.replace("-", "/")}/`;
    this.box = element.querySelector(".string-box");
    this.source = element.dataset.source;
    this.version = element.dataset.version;
    this.links = [...element.querySelectorAll(".string-links li")].map(({ dataset }) => dataset);
    this.typing = new TextBox(this.box, {
      source: this.source,
      isPlain: "plain" in element.dataset,
      titles: Object.fromEntries(this.links.map(({ code, own, href }) => [code, own || href])),
      onChange: (fragment) => this.changed(fragment),
    });
    this.#makeTools();
  }

  get state() {
    return this.element.dataset.state;
  }

  set state(state) {
    this.element.dataset.state = state;
    this.element.querySelector(".string-state").textContent = this.page.messages[`state_${state}`];
  }

  // Tools.

  #makeTools() {
    const { messages } = this.page;
    this.fault = make("p", { class: "string-fault", id: `fault-${this.ref}` });
    this.fault.textContent = this.element.dataset.fault ?? "";
    this.notes = make("div", { class: "string-notes" });
    this.lost = make("div", { class: "string-lost", id: `lost-${this.ref}` });
    this.length = make("span", { class: "string-length" });
    this.panel = make("div", { class: "string-panel" });
    this.codes = this.#codes();
    const toolbar = make(
      "div",
      { class: "string-codes", role: "toolbar", "aria-label": messages.codes },
      ...this.codes.map(({ label, apply }, number) =>
        button(label, apply, {
          title: `${messages.alt}+${number + 1}`,
          "aria-keyshortcuts": `Alt+${number + 1}`,
        }),
      ),
    );
    this.historyButton = button(messages.history, () => this.toggleHistory(), {
      "aria-expanded": "false",
    });
    this.tools = make(
      "div",
      { class: "string-tools" },
      ...(this.codes.length ? [toolbar] : []),
      make(
        "div",
        { class: "string-actions" },
        button(messages.approve, () => this.approve(), { "data-only": "review" }),
        button(messages.copy, () => this.copySource()),
        button(messages.same, () => this.saySame()),
        this.historyButton,
        this.length,
      ),
      links(this),
      this.panel,
    );
    for (const one of this.element.querySelectorAll("[data-use]")) {
      one.append(" ", button(messages.use, () => this.use(one.dataset.use)));
    }
    this.box.after(this.lost, this.fault, this.notes, this.tools);
    const about = ["state", "lost", "fault"].map((name) => `${name}-${this.ref}`);
    this.box.setAttribute("aria-describedby", about.join(" "));
    this.#showLength();
    this.#showLost();
  }

  /** The codes of the source, as buttons do them: links, formats, a break. */
  #codes() {
    const { messages } = this.page;
    const { links: codes, formats } = this.typing;
    const isBroken = runsOf(this.source).some(({ isBreak }) => isBreak);
    return [
      ...[...codes].map(([id, words]) => ({
        label: languageOf(id)
          ? filled(messages.part, { words: words.trim(), language: this.#languageName(id) })
          : filled(messages.link, { words: words.trim() }),
        apply: () => this.typing.link(id),
      })),
      ...formats.map((tag) => ({
        label: messages[`format_${tag}`] ?? tag,
        apply: () => this.typing.format(tag),
      })),
      ...(isBroken ? [{ label: messages.break, apply: () => this.typing.lineBreak() }] : []),
    ];
  }

  #languageName(id) {
    return this.links.find(({ code }) => code === id)?.href ?? languageOf(id);
  }

  #showLength() {
    const limit = Number(this.element.dataset.max);
    if (!limit) return;
    const length = textOf(this.typing.runs).length;
    this.length.textContent = filled(this.page.messages.length, { length, limit });
    this.length.classList.toggle("is-over", length > limit);
  }

  #showLost() {
    const { messages } = this.page;
    this.lost.replaceChildren(
      ...this.typing.missingLinks().map((id) =>
        make(
          "p",
          {},
          filled(languageOf(id) ? messages.part_gone : messages.link_gone, {
            words: this.typing.links.get(id).trim(),
          }),
          " ",
          button(messages.link_back, () => this.typing.link(id)),
          " ",
          button(messages.link_at_end, () => this.typing.linkAtEnd(id)),
        ),
      ),
    );
  }

  // What a person does.

  changed(data) {
    this.#showLength();
    this.#showLost();
    this.page.saving.put(this.ref, { url: this.url, data, over: this.version });
  }

  use(fragment) {
    this.typing.set(fragment);
  }

  copySource() {
    this.use(this.source);
  }

  /** Says that the text is the same as in the source, on purpose. */
  saySame() {
    this.typing.set(this.source);
    const text = { url: this.url, data: this.source, over: this.version, same: true };
    this.page.saving.put(this.ref, text, { at: 0 });
  }

  /** Approves the text as it is stored, after what was typed is. */
  async approve() {
    const { messages, requests, saving } = this.page;
    await saving.flush(this.ref);
    if (saving.has(this.ref)) return;
    try {
      const sent = { over: this.version };
      const { status, body } = await requests.ask("POST", `${this.url}approve/`, sent);
      if (status === 200) this.approved(body.state, body.counts);
      else this.#note(body.detail || messages.refused);
    } catch {
      this.#note(messages.no_answer);
    }
  }

  approved(state, counts) {
    this.state = state;
    this.notes.replaceChildren();
    this.page.counted(counts);
  }

  #note(...sentences) {
    this.notes.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
    if (sentences.length) this.page.announce(sentences.join(" "));
  }

  code(number) {
    this.codes[number - 1]?.apply();
  }

  // What the server says.

  saved(answer, sent) {
    this.version = answer.version;
    this.element.dataset.version = answer.version;
    if (answer.state) this.state = answer.state;
    this.#say(answer.fault ?? "");
    this.#note(...(answer.notes ?? []));
    this.panel.replaceChildren();
    this.historyButton.setAttribute("aria-expanded", "false");
    if (answer.counts) this.page.counted(answer.counts);
    this.element.dataset.target = sent.data;
  }

  #say(sentence) {
    if (sentence && sentence !== this.fault.textContent) this.page.announce(sentence);
    this.fault.textContent = sentence;
  }

  refused({ detail }) {
    this.state = "fault";
    this.#say(detail || this.page.messages.refused);
  }

  gone({ detail }) {
    this.box.contentEditable = "false";
    this.box.setAttribute("aria-readonly", "true");
    this.tools.remove();
    this.#say(detail || this.page.messages.gone);
  }

  /** Shows what somebody else has saved, under one's own text in the box. */
  conflict({ detail, theirs }) {
    const { messages, saving } = this.page;
    const view = make(
      "div",
      { class: "string-conflict", role: "group", "aria-label": messages.conflict },
      make("p", {}, detail || messages.conflict),
      theirs.at ? who(theirs.by, moment(theirs.at)) : "",
      text(theirs.data, this.box),
      button(messages.use_mine, () => {
        this.#settled();
        saving.overrule(this.ref, theirs.version);
      }),
      button(messages.use_theirs, () => {
        this.#settled();
        this.typing.set(theirs.data);
        saving.drop(this.ref);
        this.saved({ version: theirs.version }, theirs);
        this.page.refresh();
      }),
    );
    this.conflictView?.remove();
    this.conflictView = view;
    this.box.after(view);
    this.element.classList.add("is-conflict");
    this.page.announce(detail || messages.conflict);
  }

  #settled() {
    this.conflictView.remove();
    this.element.classList.remove("is-conflict");
    this.box.focus();
  }

  /** Takes over what somebody else has saved, where nobody is typing. */
  async savedElsewhere({ version, state }) {
    const versions = await this.#versions();
    const isFree = !this.page.saving.has(this.ref) && document.activeElement !== this.box;
    if (!versions || !isFree) return;
    const data = versions.find((one) => one.is_current)?.data ?? "";
    this.typing.show(data);
    this.saved({ version, state }, { data });
  }

  // History.

  async #versions() {
    try {
      const { status, body } = await this.page.requests.ask("GET", `${this.url}history/`);
      return status === 200 ? body.versions : null;
    } catch {
      return null;
    }
  }

  async toggleHistory() {
    const isOpen = this.historyButton.getAttribute("aria-expanded") === "true";
    this.historyButton.setAttribute("aria-expanded", String(!isOpen));
    this.panel.replaceChildren();
    if (isOpen) return;
    const versions = await this.#versions();
    if (versions) this.#showHistory(versions);
    else this.panel.replaceChildren(make("p", {}, this.page.messages.no_answer));
  }

  #showHistory(versions) {
    const { messages } = this.page;
    const items = versions.map((one) =>
      make(
        "li",
        {},
        who(one.by, moment(one.at), one.how),
        text(one.data, this.box),
        one.is_current
          ? who(messages.current)
          : button(messages.go_back, () => this.use(one.data)),
      ),
    );
    this.panel.replaceChildren(
      items.length
        ? make("ol", { class: "string-history" }, ...items)
        : make("p", {}, messages.no_history),
    );
  }
}
