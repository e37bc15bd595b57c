// Saves texts as they are typed: one request at a time for each string, over the version that its
// writer saw. What is not confirmed stays in the browser and is sent again.

import { NoAnswer } from "./requests.js";

const PAUSE = 700; // milliseconds after the last key
const AGAIN = 15000;

/**
 * Callbacks of the one who shows what happens. `text` is what was sent.
 * @typedef {{
 *   saved: (ref: string, answer: object, text: object) => void,
 *   conflict: (ref: string, answer: object) => void,
 *   gone: (ref: string, answer: object) => void,
 *   refused: (ref: string, answer: object) => void,
 *   changed: () => void,
 * }} Listener
 */

export class Saving {
  /** Why nothing is sent now: `offline`, `session`, `forbidden`, or nothing. */
  trouble = "";
  detail = "";

  constructor({ requests, kept, listener, pause = PAUSE, again = AGAIN }) {
    this.requests = requests;
    this.kept = kept;
    this.listener = listener;
    this.pause = pause;
    this.texts = new Map();
    this.timer = setInterval(() => this.retry(), again);
  }

  stop() {
    clearInterval(this.timer);
    for (const { timer } of this.texts.values()) clearTimeout(timer);
  }

  /** The number of texts that the server has not confirmed. */
  get number() {
    return this.texts.size;
  }

  get isSending() {
    return [...this.texts.values()].some(({ state }) => ["waiting", "sending"].includes(state));
  }

  /** Whether somebody has to do something before all is saved. */
  get needsSomebody() {
    const isStuck = [...this.texts.values()].some(({ state }) =>
      ["conflict", "refused"].includes(state),
    );
    return isStuck || this.kept.isOnlyInPage || (this.number > 0 && this.trouble !== "");
  }

  has(ref) {
    return this.texts.has(ref);
  }

  /** Keeps a text and sends it soon. */
  put(ref, { url, data, over, same = false }, { at } = {}) {
    const text = this.texts.get(ref) ?? { ref, url, over, state: "waiting" };
    text.data = data;
    text.same = same;
    this.texts.set(ref, text);
    this.#keep(text);
    if (text.state !== "conflict" && text.state !== "sending") {
      text.state = "waiting";
      clearTimeout(text.timer);
      text.timer = setTimeout(() => this.#send(text), at ?? this.pause);
    }
    this.listener.changed();
  }

  /** Sends a text now. */
  flush(ref, options) {
    const text = this.texts.get(ref);
    return text?.state === "waiting" && !this.trouble ? this.#send(text, options) : undefined;
  }

  async flushAll(options) {
    await Promise.all([...this.texts.keys()].map((ref) => this.flush(ref, options)));
    await Promise.all([...this.texts.values()].map(({ sending }) => sending));
  }

  /** Puts one's own text over another's that one has seen. */
  overrule(ref, version) {
    const text = this.texts.get(ref);
    Object.assign(text, { over: version, state: "waiting" });
    this.#keep(text);
    this.#send(text);
  }

  /** Forgets a text: another one was chosen. */
  drop(ref) {
    clearTimeout(this.texts.get(ref)?.timer);
    this.texts.delete(ref);
    this.kept.forget(ref);
    this.listener.changed();
  }

  /** Sends again what waits; after a session's end, when somebody is logged in again. */
  async retry() {
    if ((!this.number && !this.trouble) || this.isRetrying) return;
    this.isRetrying = true;
    try {
      if (this.trouble && !(await this.requests.renew())) {
        this.#trouble("session");
        return;
      }
      this.#trouble("");
      await this.flushAll();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#trouble("offline");
    } finally {
      this.isRetrying = false;
    }
  }

  sessionIsOver() {
    this.#trouble("session");
  }

  #keep({ ref, url, data, over, same }) {
    this.kept.keep(ref, { url, data, over, same });
  }

  #trouble(trouble, detail = "") {
    this.trouble = trouble;
    this.detail = detail;
    this.listener.changed();
  }

  #send(text, options) {
    clearTimeout(text.timer);
    if (this.trouble) return undefined;
    text.state = "sending";
    this.listener.changed();
    text.sending = this.#sent(text, options);
    return text.sending;
  }

  async #sent(text, options) {
    const { ref, url, data, over, same } = text;
    const sent = { data, same };
    let answer;
    try {
      answer = same
        ? await this.requests.ask("POST", `${url}same/`, { over }, options)
        : await this.requests.ask("PUT", url, { data, over }, options);
    } catch (error) {
      text.state = "waiting";
      if (!(error instanceof NoAnswer)) throw error;
      this.#trouble("offline");
      return;
    }
    if (this.texts.get(ref) !== text) return;
    this.#answered(text, sent, answer);
    this.listener.changed();
  }

  #answered(text, sent, { status, body }) {
    const { ref } = text;
    const isMine = status === 409 && body.theirs?.data === sent.data;
    if (status === 200 || isMine) {
      const answer = isMine ? body.theirs : body;
      text.over = answer.version;
      text.state = "waiting";
      if (text.data === sent.data && text.same === sent.same) this.drop(ref);
      else this.put(ref, text);
      this.listener.saved(ref, answer, sent);
    } else if (status === 409) {
      text.state = "conflict";
      this.listener.conflict(ref, body);
    } else if (status === 410 || status === 404) {
      // The server keeps it; where it has never had such a string, the browser does.
      if (status === 410) this.drop(ref);
      else this.texts.delete(ref);
      this.listener.gone(ref, body);
    } else if (status === 401 || status === 403) {
      text.state = "waiting";
      this.#trouble(status === 401 ? "session" : "forbidden", body.detail);
    } else {
      text.state = "refused";
      this.listener.refused(ref, body);
    }
  }
}
