// In every page of the admin: tells the windows of drafts what was saved here, and goes to the
// field that was clicked in one.

const channel = new BroadcastChannel("cms-previews");
const tell = () => channel.postMessage("saved");

for (const saved of ["w-autosave:success", "cms:saved"]) document.addEventListener(saved, tell);
// After a form that was sent, the page is loaded anew.
if (document.querySelector(".messages .success")) tell();

/** The element of a field, as Wagtail finds it when the page is loaded. */
function fieldAt(hash) {
  const [, directives] = hash.split(":w:");
  const path = new URLSearchParams(directives ?? "").get("contentpath") ?? "";
  const parts = path.split(".").filter(Boolean);
  // What has no place of its own in the editor, such as a cell of a table, stands in one that has.
  for (let length = parts.length; length; length -= 1) {
    const selector = parts
      .slice(0, length)
      .map((part) => `[data-contentpath="${CSS.escape(part)}"]`)
      .join(" ");
    const field = document.querySelector(selector);
    if (field) return field;
  }
  return null;
}

const TYPED = "input:not([type=hidden]), textarea, select, [contenteditable=true]";

async function goToField() {
  const field = fieldAt(location.hash);
  if (!field) return;
  const tab = field.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
  for (let panel = field.closest("[data-panel]"); panel; ) {
    panel.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
    panel = panel.parentElement.closest("[data-panel]");
  }
  const target = field.querySelector(TYPED) ?? field.querySelector("button") ?? field;
  // A tab and a section take a moment to open.
  for (let tries = 0; tries < 40 && !target.checkVisibility(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  field.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

window.addEventListener("hashchange", goToField);
// Wagtail itself opens the tab and scrolls, a moment after the page is there.
window.addEventListener("load", () => setTimeout(goToField, 200));
window.addEventListener("message", (event) => {
  const isWindow = [...document.querySelectorAll("iframe")].some(
    ({ contentWindow }) => contentWindow === event.source,
  );
  if (!isWindow || event.origin !== location.origin) return;
  const { type, address } = event.data ?? {};
  if (type !== "cms:open") return;
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return;
  // Asks first, where something is not saved.
  if (url.pathname !== location.pathname) location.assign(url);
  else if (url.hash !== location.hash) location.hash = url.hash;
  else window.dispatchEvent(new HashChangeEvent("hashchange"));
});

// As readers of another language see it, the CMS itself shows the page: it is not this draft.
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-w-preview-target=mode]")) return;
  const frontEnd = document.querySelector(".front-end-preview");
  if (!frontEnd) return;
  frontEnd.hidden = target.value !== "";
  document.getElementById("w-preview-iframe").tabIndex = frontEnd.hidden ? 0 : -1;
});
