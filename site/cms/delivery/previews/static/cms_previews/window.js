// The window around the front end: gives it a token, tells it of what was saved, opens fields.

const AGAIN = 30000; // milliseconds between two tokens: one that is refused at once is refused again

const { tokenUrl, origin, admin, csrf } = document.body.dataset;
const frame = document.querySelector("iframe");
const alert = document.querySelector("[role=alert]");
let shownAt = -Infinity;

async function show() {
  if (performance.now() - shownAt < AGAIN) return;
  shownAt = performance.now();
  try {
    const answer = await fetch(tokenUrl, { method: "POST", headers: { "X-CSRFToken": csrf } });
    if (!answer.ok) throw new Error(answer.statusText);
    frame.src = (await answer.json()).address;
    alert.hidden = true;
  } catch {
    alert.hidden = false;
  }
}

/** Opens a field: in the editor around the window, else in a tab. */
function open(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return;
  }
  // Of the admin's own addresses alone, on the origin at which somebody works now.
  if (!url.pathname.startsWith(admin)) return;
  const here = location.origin + url.pathname + url.hash;
  if (window.parent === window) window.open(here, "cms-editor");
  else window.parent.postMessage({ type: "cms:open", address: here }, location.origin);
}

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.origin !== origin) return;
  const { type, address } = event.data ?? {};
  if (type === "cms:open") open(address);
  else if (type === "cms:expired") show();
});

new BroadcastChannel("cms-previews").onmessage = () =>
  frame.contentWindow.postMessage({ type: "cms:saved" }, origin);

show();
