/**
 * Shows a draft of the CMS on a page of your own, and follows it while somebody writes.
 *
 * The CMS opens the page with `?token=`. This fetches the draft, hands it to you, and again each
 * time something is saved. Where the page stands in the frame of the CMS, a click on an element
 * with `data-cms-pointer` (the JSON Pointer of what it shows) opens that field there.
 */

/** A document with the address of each of its fields in the admin, by JSON Pointer. */
export type Draft<Document extends object = Record<string, unknown>> = Document & {
  source: Record<string, string>;
};

export interface PreviewOptions<Document extends object> {
  /** Where the API is: `https://cms.example.org/api/v3/`. */
  api: string;
  /** Shows the draft; called with each that differs from the one before. */
  show: (draft: Draft<Document>) => void;
  /** Told the status of an answer that is no draft: 401 when the token is over, 0 for no answer. */
  failed?: (status: number) => void;
  /** The token, where it stands elsewhere than in `?token=`. */
  token?: string | null;
}

export interface Preview {
  /** Fetches the draft again. */
  refresh: () => Promise<void>;
  /** Ends listening. */
  stop: () => void;
}

/** The event that `document` gets with each draft, as its `detail`. */
export const SHOWN = "cms:preview";

const PAUSE = 200; // milliseconds in which several savings are one

/** Starts a preview; `null` where there is no token, so that the page shows what is published. */
export function startPreview<Document extends object = Record<string, unknown>>(
  options: PreviewOptions<Document>,
): Preview | null {
  const token = options.token ?? new URLSearchParams(location.search).get("token");
  if (!token) return null;
  const address = new URL("preview/", options.api.replace(/\/*$/, "/"));
  address.searchParams.set("token", token);
  const listening = new AbortController();
  const { signal } = listening;
  const framed = window.parent !== window;
  let source: Record<string, string> = {};
  let admin = "";
  let shown = "";
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = async (): Promise<void> => {
    const turn = ++asked;
    let status = 0;
    let text = "";
    try {
      const answer = await fetch(address, {
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal,
      });
      text = await answer.text();
      status = answer.status;
    } catch {
      // No answer: status 0.
    }
    // One that was asked for later says more.
    if (signal.aborted || turn !== asked) return;
    if (status !== 200) {
      // It says nothing that anybody may not know.
      if (status === 401 && framed) window.parent.postMessage({ type: "cms:expired" }, admin || "*");
      options.failed?.(status);
      return;
    }
    if (text === shown) return;
    const draft = JSON.parse(text) as Draft<Document>;
    shown = text;
    source = draft.source;
    const [first] = Object.values(source);
    if (first) admin = new URL(first).origin;
    options.show(draft);
    document.dispatchEvent(new CustomEvent(SHOWN, { detail: draft }));
  };

  const saved = ({ data, origin, source: sender }: MessageEvent): void => {
    if (!framed || sender !== window.parent || origin !== admin) return;
    if ((data as { type?: unknown } | null)?.type !== "cms:saved") return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), PAUSE);
  };

  const clicked = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const opened = addressOf(event.target, source);
    if (!opened) return;
    event.preventDefault();
    event.stopPropagation();
    window.parent.postMessage({ type: "cms:open", address: opened }, admin);
  };

  window.addEventListener("message", saved, { signal });
  if (framed) document.addEventListener("click", clicked, { capture: true, signal });
  void refresh();
  return {
    refresh,
    stop: () => {
      clearTimeout(timer);
      listening.abort();
    },
  };
}

/** The address of the field that an element shows, or of the nearest that holds it. */
function addressOf(element: Element, source: Record<string, string>): string | undefined {
  const marked = element.closest("[data-cms-pointer]");
  if (!marked) return undefined;
  let pointer = marked.getAttribute("data-cms-pointer") ?? "";
  while (pointer && !Object.hasOwn(source, pointer)) {
    pointer = pointer.slice(0, pointer.lastIndexOf("/"));
  }
  if (pointer) return source[pointer];
  return marked.parentElement ? addressOf(marked.parentElement, source) : undefined;
}
