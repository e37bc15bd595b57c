/* Side panels in a window where they cover the form. Wagtail opens the panel that was open last; there, it
   is opened by nobody but who asks for it, and it gives way to the field that a link in it leads to. */
(() => {
    const KEPT_OPEN = "wagtail:side-panel-open";
    // As wide as Wagtail's own style says: from here on the panel stands beside the form.
    const covering = window.matchMedia("not all and (min-width: 56.25em)");

    const remembered = (() => {
        try {
            return window.localStorage.getItem(KEPT_OPEN);
        } catch {
            return null;
        }
    })();

    if (remembered && covering.matches) {
        // Wagtail looks once the page has been read. A wide window still opens it later.
        window.localStorage.removeItem(KEPT_OPEN);
        window.addEventListener("pagehide", () => {
            if (window.localStorage.getItem(KEPT_OPEN) === null) {
                window.localStorage.setItem(KEPT_OPEN, remembered);
            }
        });
    }

    document.addEventListener("click", (event) => {
        const link = event.target.closest?.("[data-side-panel] a[href^='#']");
        if (link && covering.matches) {
            document.querySelector("[data-form-side-close-button]")?.click();
        }
    });
})();
