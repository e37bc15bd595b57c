/** The proof that a message is from the CMS, as Standard Webhooks has it. */

/** What has changed; the documents are in `changes/`. */
export interface WebhookMessage {
  /** `documents.changed`, or `webhook.test`; ignore what you do not know. */
  type: string;
  timestamp: string;
  data: {
    /** A cursor before the first of these changes. */
    cursor?: string;
    changes?: {
      op: "publish" | "remove";
      key: string;
      locale: string | null;
      id: number;
      type: string;
      path: string | null;
      digest: string | null;
    }[];
  };
}

export interface VerifyOptions {
  /** Seconds that a message may be old; 300 unless told otherwise. */
  tolerance?: number;
  /** The moment, in milliseconds. */
  now?: number;
}

/** As `fetch` has them, or as Node's own server does. */
type Sent = Headers | Readonly<Record<string, string | string[] | undefined>>;

/**
 * Verifies a message.
 *
 * @param secret as the administrator was shown it, `whsec_…`
 * @param headers of the request
 * @param body as it came, before it is parsed
 * @returns the message; null where it is not from us, was changed or is too old
 */
export async function verify(
  secret: string,
  headers: Sent,
  body: string,
  options: VerifyOptions = {},
): Promise<WebhookMessage | null> {
  const { tolerance = 300, now = Date.now() } = options;
  const header = (name: string): string => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name];
    return typeof value === "string" ? value : "";
  };
  const id = header("webhook-id");
  const moment = header("webhook-timestamp");
  if (id === "" || !/^\d+$/.test(moment)) return null;
  if (Math.abs(now / 1000 - Number(moment)) > tolerance) return null;
  const key = bytesOf(secret.replace(/^whsec_/, ""));
  // Without a key anybody could sign.
  if (key === null || key.length === 0) throw new Error("This is no secret of a webhook.");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["verify"]);
  const signed = new TextEncoder().encode(`${id}.${moment}.${body}`);
  for (const signature of header("webhook-signature").split(" ")) {
    const [version, encoded = ""] = signature.split(",");
    const given = version === "v1" ? bytesOf(encoded) : null;
    // Takes the same time whatever is wrong.
    if (given !== null && (await crypto.subtle.verify("HMAC", imported, given, signed))) {
      return JSON.parse(body);
    }
  }
  return null;
}

function bytesOf(encoded: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
