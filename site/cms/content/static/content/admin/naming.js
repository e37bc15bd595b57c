// Draftail's boxes have no name for who does not see the label beside them.
(() => {
    const BOXES = ".public-DraftEditor-content:not([aria-labelledby])";

    function label(box) {
        const field = box.closest(".w-field__wrapper");
        const own = field && field.querySelector("label[id]");
        const panel = box.closest("section[aria-labelledby]");
        return own ? own.id : panel && panel.getAttribute("aria-labelledby");
    }

    let waits = false;
    function nameBoxes() {
        waits = false;
        for (const box of document.querySelectorAll(BOXES)) {
            const id = label(box);
            if (id) box.setAttribute("aria-labelledby", id);
        }
    }

    // Blocks are added while somebody writes; of each burst of changes the end is enough.
    new MutationObserver(() => {
        if (!waits) requestAnimationFrame(nameBoxes);
        waits = true;
    }).observe(document.documentElement, { childList: true, subtree: true });
})();
