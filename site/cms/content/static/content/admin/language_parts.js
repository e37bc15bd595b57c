// Words that are in another language than the text: a button lists the languages, and the words
// show the code of theirs. The same button takes the mark away.
(() => {
  const { createElement: make, useEffect, useRef } = window.React;
  const ENTITY = "LANGUAGE";

  document.head.appendChild(document.createElement("style")).textContent = `
    .cms-part { text-decoration: underline dotted; text-underline-offset: 0.2em; }
    .cms-part::after {
      content: attr(lang) / ""; display: inline-block; line-height: 1.2;
      margin-inline-start: 0.2em; padding: 0 0.25em; border: 1px solid currentColor;
      border-radius: 0.25em; font-size: 0.65em; vertical-align: super;
    }
    .cms-languages {
      max-width: min(26rem, 92vw); padding: 1rem 1.25rem; border: 1px solid
      var(--w-color-border-furniture); border-radius: 0.375rem;
      background: var(--w-color-surface-page); color: var(--w-color-text-label);
    }
    .cms-languages::backdrop { background: rgb(0 0 0 / 0.5); }
    .cms-languages h2 { margin: 0 0 0.75rem; font-size: 1rem; font-weight: 600; }
    .cms-languages :is(ul, p) {
      display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0; padding: 0; list-style: none;
    }
    .cms-languages p { margin-top: 1rem; }
    .cms-languages .button { margin: 0; text-transform: none; }
    .cms-languages .button[aria-pressed="true"] { outline: 2px solid; outline-offset: 1px; }
  `;

  const say = (text) =>
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { text, type: "warning" } }),
    );

  /** The entities in what is selected. */
  const entitiesIn = (content, selection) => {
    const found = [];
    const first = selection.getStartKey();
    const last = selection.getEndKey();
    for (let key = first; key; key = key === last ? null : content.getKeyAfter(key)) {
      const block = content.getBlockForKey(key);
      const start = key === first ? selection.getStartOffset() : 0;
      const end = key === last ? selection.getEndOffset() : block.getLength();
      for (let at = start; at < end; at += 1) {
        const entity = block.getEntityAt(at);
        if (entity) found.push(content.getEntity(entity));
      }
    }
    return found;
  };

  const Source = ({ editorState, entity, entityKey, entityType, onComplete, onClose }) => {
    const { EditorState, Modifier } = window.DraftJS;
    const { messages } = entityType;
    const dialog = useRef(null);
    const content = editorState.getCurrentContent();
    const isInMark = entity?.getType() === ENTITY;
    const selected = editorState.getSelection();
    // With the caret in marked words, all of these are meant.
    const selection =
      selected.isCollapsed() && isInMark
        ? window.Draftail.DraftUtils.getEntitySelection(editorState, entityKey)
        : selected;
    const inside = entitiesIn(content, selection);
    const fault = inside.some((one) => one.getType() !== ENTITY)
      ? messages.link
      : selection.isCollapsed()
        ? messages.select
        : "";
    const marked = new Set(inside.map((one) => one.getData().lang));

    useEffect(() => {
      if (fault) {
        say(fault);
        onClose();
      } else if (!dialog.current.open) {
        dialog.current.showModal();
      }
    }, []);
    if (fault) return null;

    const put = (code) => {
      const written = code ? content.createEntity(ENTITY, "MUTABLE", { lang: code }) : content;
      const key = code ? written.getLastCreatedEntityKey() : null;
      const changed = Modifier.applyEntity(written, selection, key);
      const next = EditorState.push(editorState, changed, "apply-entity");
      onComplete(EditorState.acceptSelection(next, selected));
    };
    const own = window.wagtailConfig.ACTIVE_CONTENT_LOCALE;
    const button = (label, onClick, more = {}) =>
      make(
        "button",
        { type: "button", className: "button button-secondary", onClick, ...more },
        label,
      );

    return make(
      "dialog",
      {
        ref: dialog,
        className: "cms-languages",
        "aria-label": messages.title,
        onCancel: (event) => {
          event.preventDefault();
          onClose();
        },
      },
      make("h2", {}, messages.title),
      make(
        "ul",
        {},
        entityType.languages
          .filter(({ code }) => code !== own)
          .map(({ code, name, dir }) =>
            make(
              "li",
              { key: code },
              button(name, () => put(code), { lang: code, dir, "aria-pressed": marked.has(code) }),
            ),
          ),
      ),
      make(
        "p",
        {},
        marked.size ? button(messages.remove, () => put(null)) : null,
        button(messages.cancel, onClose),
      ),
    );
  };

  const Part = ({ contentState, entityKey, children }) => {
    const { lang } = contentState.getEntity(entityKey).getData();
    return make("span", { className: "cms-part", lang, dir: "auto" }, children);
  };

  window.draftail.registerPlugin({ type: ENTITY, source: Source, decorator: Part }, "entityTypes");
})();
