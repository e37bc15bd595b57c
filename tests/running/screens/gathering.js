// Every text that a screen shows or keeps ready: [text, where it stands], of what is not marked.
() => {
    const OPENS = "⟦", CLOSES = "⟧";
    const SKIPPED = [
        "script", "style", "noscript", "iframe",
        // What people have written, what programs have, and keys of the keyboard.
        "textarea", "[contenteditable=true]", ".public-DraftEditor-content", "code", "pre", "kbd",
        // A button of jQuery's picker of dates that Wagtail never shows.
        ".xdsoft_save_selected",
        // A number that is never shown before a script has written it.
        "[data-side-panel-toggle-counter][hidden]",
    ].join();
    const ATTRIBUTES = [
        "aria-label", "aria-description", "title", "placeholder", "alt",
        "data-w-tooltip-content-value", "data-confirm", "data-w-dialog-title-value",
    ];
    const found = [];
    const bare = (text) => {
        let before = null;
        while (before !== text) {
            before = text;
            text = text.replace(/⟦[^⟦⟧]*⟧/g, " ");
        }
        return text;
    };
    const hasLetters = (text) => /\p{L}{2}/u.test(bare(text));
    const where = (element) => {
        const path = [];
        for (let one = element; one && path.length < 4 && one.nodeType === 1; one = one.parentElement) {
            const classes = [...one.classList].slice(0, 2).map((name) => `.${name}`).join("");
            path.unshift(one.localName + (one.id ? `#${one.id}` : "") + classes);
        }
        return path.join(" > ");
    };
    // A marked text with markup in it is several nodes: the mark opens in one and closes in another.
    const isWithin = (node, root) => {
        let around = node.parentNode;
        for (let level = 0; level < 5 && around; level += 1, around = around.parentNode) {
            let depth = 0;
            const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && walker.currentNode !== node) {
                for (const letter of walker.currentNode.data) {
                    depth += letter === OPENS ? 1 : letter === CLOSES ? -1 : 0;
                }
            }
            if (depth > 0) return true;
        }
        return false;
    };
    const gather = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.nodeType === Node.TEXT_NODE) {
                const parent = node.parentElement;
                if (parent && parent.closest(SKIPPED)) continue;
                if (hasLetters(node.data) && !isWithin(node, root)) {
                    found.push([node.data.trim(), where(parent)]);
                }
                continue;
            }
            if (node.localName === "template") gather(node.content);
            if (node.localName === "script" && /template|text\/html/.test(node.type)) {
                gather(new DOMParser().parseFromString(node.text, "text/html"));
            }
            for (const name of ATTRIBUTES) {
                const value = node.getAttribute(name);
                if (value && hasLetters(value)) found.push([value, `${where(node)} @${name}`]);
            }
            if (node.matches("input[type=submit], input[type=button], input[type=reset]")) {
                if (hasLetters(node.value)) found.push([node.value, `${where(node)} @value`]);
            }
        }
    };
    gather(window.__gathered || document.documentElement);
    return found;
}
