// What is pasted from another program goes the way of all rich text: the server reads it as a
// browser shows it, or says what cannot be stored and what to use instead.
(() => {
  const COPIED_HERE = "data-draftjs-conductor-fragment";

  const say = (text, type) =>
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text, type } }));

  const inserted = (editorState, raw) => {
    const { convertFromRaw, EditorState, Modifier } = window.DraftJS;
    const content = Modifier.replaceWithFragment(
      editorState.getCurrentContent(),
      editorState.getSelection(),
      convertFromRaw(raw).getBlockMap(),
    );
    return EditorState.push(editorState, content, "insert-fragment");
  };

  const onPaste = (text, html, _editorState, { getEditorState, setEditorState }, entityType) => {
    if (!html || html.includes(COPIED_HERE)) return "not-handled";
    const form = new FormData();
    form.append("html", html);
    form.append("language", window.wagtailConfig.ACTIVE_CONTENT_LOCALE ?? "");
    for (const feature of entityType.features) form.append("features", feature);
    fetch(entityType.url, {
      method: "POST",
      body: form,
      headers: { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN },
    })
      .then((response) => (response.status < 500 ? response.json() : Promise.reject(response)))
      .then((answer) => {
        if (answer.content) setEditorState(inserted(getEditorState(), answer.content));
        if (answer.message) say(answer.message, answer.content ? "warning" : "error");
      })
      .catch(() => say(entityType.failed, "error"));
    return "handled";
  };

  window.draftail.registerPlugin({ type: "PASTED", onPaste }, "entityTypes");
})();
