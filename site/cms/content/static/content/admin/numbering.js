// The editor counts a numbered list from the number with which it begins, as readers see it.
(() => {
  const rules = document.head.appendChild(document.createElement("style"));
  const known = new Set();

  // Draft.js counts by ol0, ol1 and so on, by depth, and raises before it shows.
  const classOf = (start, depth) => {
    const name = `cms-begins-${depth}-${start}`;
    if (!known.has(name)) {
      known.add(name);
      rules.sheet.insertRule(`.${name} { counter-reset: ol${depth} ${start - 1} !important; }`);
    }
    return name;
  };

  window.draftail.registerPlugin(
    {
      type: "NUMBERED",
      blockStyleFn: (block) => {
        const start = block.getData().get("start");
        const isNumbered = block.getType() === "ordered-list-item" && Number.isInteger(start);
        return isNumbered ? classOf(start, block.getDepth()) : "";
      },
    },
    "plugins",
  );
})();
