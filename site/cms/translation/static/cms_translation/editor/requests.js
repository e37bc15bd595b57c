// What is asked of the server, and what its answers mean.

const PATIENCE = 20000; // milliseconds

/** No answer came: no connection, or a server that does not answer. */
export class NoAnswer extends Error {}

export class Requests {
  constructor({ tokenUrl, csrf }) {
    this.tokenUrl = tokenUrl;
    this.csrf = csrf;
  }

  /** Asks once. Returns `{status, body}`; a redirect to the login is a 401. */
  async #ask(method, url, data, keepalive) {
    let response;
    try {
      response = await fetch(url, {
        method,
        keepalive,
        redirect: "manual",
        credentials: "same-origin",
        headers: {
          Accept: "application/json",
          ...(method === "GET" ? {} : { "X-CSRFToken": this.csrf }),
          ...(data ? { "Content-Type": "application/json" } : {}),
        },
        body: data ? JSON.stringify(data) : undefined,
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch (error) {
      throw new NoAnswer(error.message);
    }
    if (response.type === "opaqueredirect") return { status: 401, body: {} };
    if (response.status >= 500 || response.status === 429) throw new NoAnswer(response.status);
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    try {
      return { status: response.status, body: isJson ? await response.json() : {} };
    } catch (error) {
      throw new NoAnswer(error.message);
    }
  }

  /** Asks; where the token is an old one, as after a new login, asks again with a new one. */
  async ask(method, url, data, { keepalive = false } = {}) {
    const answer = await this.#ask(method, url, data, keepalive);
    if (answer.status !== 403 || method === "GET") return answer;
    // Whoever is logged out has no token either.
    if (!(await this.renew())) return { status: 401, body: {} };
    return this.#ask(method, url, data, keepalive);
  }

  /** Fetches a new token. Returns whether somebody is logged in. */
  async renew() {
    const { status, body } = await this.#ask("GET", this.tokenUrl);
    if (status === 200 && body.csrf) this.csrf = body.csrf;
    return status === 200;
  }
}
