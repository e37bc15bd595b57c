// The texts that the server has not confirmed, in the browser's store. They outlive the page, the
// session and the connection. Where the store cannot be written they are kept in the page alone.

export class KeptTexts {
  /** @param prefix of the keys: one for each person and translation. */
  constructor(prefix, store = KeptTexts.#browsers()) {
    this.prefix = `${prefix}:`;
    this.store = store;
    this.inPage = new Map();
  }

  static #browsers() {
    try {
      return window.localStorage;
    } catch {
      return null; // Forbidden by the browser's settings.
    }
  }

  /** Whether a reload would lose what could not be stored. */
  get isOnlyInPage() {
    return this.inPage.size > 0;
  }

  keep(ref, text) {
    try {
      this.store.setItem(this.prefix + ref, JSON.stringify({ ...text, at: Date.now() }));
      this.inPage.delete(ref);
    } catch {
      this.inPage.set(ref, text);
    }
  }

  forget(ref) {
    this.inPage.delete(ref);
    try {
      this.store.removeItem(this.prefix + ref);
    } catch {
      // Nothing was stored there.
    }
  }

  /** Everything that is kept, as pairs of a string's ref and its text. */
  all() {
    const found = [];
    try {
      for (let number = 0; number < this.store.length; number += 1) {
        const key = this.store.key(number);
        if (!key.startsWith(this.prefix)) continue;
        const text = JSON.parse(this.store.getItem(key));
        if (typeof text?.data === "string" && typeof text.url === "string") {
          found.push([key.slice(this.prefix.length), text]);
        }
      }
    } catch {
      // Unreadable: what could be read is returned.
    }
    return found;
  }
}
