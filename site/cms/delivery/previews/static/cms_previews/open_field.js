// In the editor of a page or fact: goes to what the address names behind its #, as a preview, a list
// of what stops publishing and Wagtail's own lists have it. Wagtail makes blocks by script: a browser
// goes there too early, and what is far down then stands somewhere else.

const TYPED = "input:not([type=hidden]), textarea, select, [contenteditable=true]";
const PATIENCE = 10000; // milliseconds until what is not there is given up
const UNREST = 3000; // milliseconds in which things above may still grow
const BELOW_HEADER = 120; // pixels

const isList = (place) => /^id_.+-FORMS$/.test(place.id ?? "");
const rowsOf = (list) =>
  list.querySelectorAll(":scope > [data-inline-panel-child]:not(.deleted)");

/** The part of a place that has a name: a field, a block, a list of rows, a row by its number. */
function within(place, name) {
  if (isList(place)) return rowsOf(place)[Number(name)] ?? null;
  return (
    place.querySelector(`[data-contentpath="${CSS.escape(name)}"]`) ??
    document.getElementById(`id_${name}-FORMS`)
  );
}

/** The element that a hash names; of a path as much as there is, such as the table of a cell. */
function placeAt(hash) {
  const [id, directives] = hash.slice(1).split(":w:");
  const path = new URLSearchParams(directives ?? "").get("contentpath");
  if (path === null) {
    const named = document.getElementById(decodeURIComponent(id));
    return named?.closest("form") && !named.matches("[role=tab], [role=tabpanel]") ? named : null;
  }
  let found = null;
  for (const name of path.split(".").filter(Boolean)) {
    const next = within(found ?? document, name);
    if (!next) break;
    found = next;
  }
  return found;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const loaded = new Promise((resolve) => window.addEventListener("load", resolve));

/** Waits until something is true, or no longer. */
async function until(isTrue, isStopped) {
  const end = performance.now() + PATIENCE;
  while (!isTrue() && !isStopped() && performance.now() < end) {
    await pause(50);
  }
}

const isBuilt = () =>
  [...document.querySelectorAll("[data-controller~=w-block]")].every(
    (block) => block.childElementCount > 0,
  );

/** Opens the tab and the sections that a place is in, and its own. */
function uncover(place) {
  const tab = place.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
  const own = place.querySelector(":scope > [data-panel]");
  for (let panel = own ?? place.closest("[data-panel]"); panel; ) {
    const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    panel = panel.parentElement.closest("[data-panel]");
  }
}

/** What of a place takes the focus: what one types into, or else a button. */
function focusable(place) {
  if (isList(place)) {
    const [first] = rowsOf(place);
    return first ? focusable(first) : document.getElementById(place.id.replace(/FORMS$/, "ADD"));
  }
  const content = place.querySelector(":scope > [data-panel] > .w-panel__content") ?? place;
  const isShown = (element) => element.checkVisibility();
  return (
    [...content.querySelectorAll(TYPED)].find(isShown) ??
    [...content.querySelectorAll("button")].find(isShown)
  );
}

function scrollTo(place) {
  const isTall = place.getBoundingClientRect().height > innerHeight - 2 * BELOW_HEADER;
  place.style.scrollMarginTop = `${BELOW_HEADER}px`;
  place.scrollIntoView({ block: isTall ? "start" : "center", behavior: "instant" });
}

const fieldOf = (label) =>
  document.getElementById(label.htmlFor)?.closest("[data-contentpath], [data-field]");

let turn = 0;

/** Goes to a place, and stays there while what stands above it grows, or until somebody acts. */
async function go(hash, mayBeSection) {
  const mine = ++turn;
  const going = new AbortController();
  const { signal } = going;
  for (const act of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    window.addEventListener(act, () => going.abort(), { passive: true, signal });
  }
  const isOver = () => signal.aborted || mine !== turn;

  await until(isBuilt, isOver);
  let place = placeAt(hash);
  // A link to a section within the page is Wagtail's own.
  if (!place || isOver() || (!mayBeSection && place.matches("[data-panel]"))) return;
  // The label of a field stands for the field.
  if (place.htmlFor) place = fieldOf(place) ?? place;
  await until(() => {
    uncover(place);
    return place.checkVisibility() && focusable(place);
  }, isOver);
  if (isOver()) return;
  scrollTo(place);
  focusable(place)?.focus({ preventScroll: true });

  const growth = new ResizeObserver(() => isOver() || scrollTo(place));
  growth.observe(place.closest("form") ?? document.body);
  await loaded;
  // Wagtail itself scrolls, a moment after the page is there.
  await pause(200);
  if (!isOver()) scrollTo(place);
  await pause(UNREST);
  growth.disconnect();
  going.abort();
}

window.addEventListener("hashchange", () => go(location.hash, false));
// Wagtail opens sections and a tab when the document is there.
document.addEventListener("DOMContentLoaded", () =>
  setTimeout(() => location.hash && go(location.hash, true)),
);
