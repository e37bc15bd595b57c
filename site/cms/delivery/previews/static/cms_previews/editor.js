// In every page of the admin: tells the windows of drafts what was saved here, and opens the
// address of what was clicked in one; in an editor open_field.js goes to the field.

const channel = new BroadcastChannel("cms-previews");
const tell = () => channel.postMessage("saved");

for (const saved of ["w-autosave:success", "cms:saved"]) document.addEventListener(saved, tell);
// After a form that was sent, the page is loaded anew.
if (document.querySelector(".messages .success")) tell();

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
