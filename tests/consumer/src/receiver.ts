/** Listens for the CMS to say that something has changed, and makes the site anew. */

import { spawn } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { verify } from "@regional-cms/client/webhook";

const SECRET = process.env["WEBHOOK_SECRET"] ?? "";
const PORT = Number(process.env["PORT"] ?? 8081);
const LONGEST = 1_000_000;

const ELEVENTY = join(import.meta.dirname, "../node_modules/@11ty/eleventy/cmd.cjs");
const CONFIG = "build/eleventy.config.js";

let isBuilding = false;
let isWanted = false;

/** Builds once for all messages that come meanwhile, and once more for those that come during it. */
async function build(): Promise<void> {
  isWanted = true;
  if (isBuilding) return;
  isBuilding = true;
  while (isWanted) {
    isWanted = false;
    const program = spawn(process.execPath, [ELEVENTY, `--config=${CONFIG}`, "--quiet"], {
      cwd: join(import.meta.dirname, ".."),
      stdio: "inherit",
    });
    const code = await new Promise((done) => program.on("close", done));
    // The next message, or the next start, catches up: the mirror goes on where it was.
    if (code !== 0) console.error(`The build ended with ${code}.`);
  }
  isBuilding = false;
}

/** The body of a request that says how long it is; null of one that does not, or is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const length = Number(request.headers["content-length"]);
  return length >= 0 && length <= LONGEST ? text(request) : null;
}

const server = createServer(async (request, response) => {
  const answer = (status: number): void => {
    response.writeHead(status).end();
  };
  if (request.method !== "POST") return answer(405);
  const body = await bodyOf(request);
  if (body === null) return answer(413);
  const message = await verify(SECRET, request.headers, body);
  if (message === null) return answer(401);
  // The CMS waits for ten seconds: it is answered before the work begins.
  answer(204);
  if (message.type === "documents.changed") void build();
});

server.listen(PORT, "127.0.0.1", () => console.log(`Listening on port ${PORT}`));
// What came while nobody listened.
void build();
