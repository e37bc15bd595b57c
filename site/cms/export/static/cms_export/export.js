/* Shows what the chosen kind of file asks for. Without this all of it is there, with its help. */
(() => {
    const form = document.querySelector(".export-form");
    if (!form) return;
    const show = () => {
        const chosen = form.querySelector("[name=format]:checked");
        for (const part of form.querySelectorAll("[data-formats]"))
            part.hidden = !!chosen && !part.dataset.formats.split(" ").includes(chosen.value);
    };
    form.addEventListener("change", show);
    /* A page that one comes back to has its choices put back first. */
    window.addEventListener("pageshow", show);
    show();
})();
