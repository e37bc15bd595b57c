// The links of a string: where each leads, and its own address in this language.

import { button, filled, make } from "./elements.js";

const save = async (row, link, field, said) => {
  const { messages, requests, base } = row.page;
  said.textContent = "";
  try {
    const href = field.value.trim();
    const url = `${base}links/${link.context}/`;
    const { status, body } = await requests.ask("PUT", url, { href });
    said.textContent = status === 200 ? messages.saved : body.detail || messages.refused;
    if (status === 200) row.typing.titles[link.code] = href || link.href;
  } catch {
    said.textContent = messages.no_answer;
  }
};

const own = (row, link) => {
  const { messages } = row.page;
  const id = `link-${row.ref}-${link.code}`;
  const field = make("input", { id, type: "text", value: link.own ?? "", dir: "ltr" });
  const said = make("span", { role: "status" });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") save(row, link, field, said);
  });
  return make(
    "span",
    { class: "string-own-link" },
    make("label", { for: id }, messages.own_address),
    field,
    button(messages.save, () => save(row, link, field, said)),
    said,
  );
};

/** A list of the links; nothing where a string has none. A page's own follows its language. */
export const links = (row) => {
  const { messages } = row.page;
  const shown = row.links.filter(({ language }) => !language);
  if (!shown.length) return "";
  return make(
    "details",
    { class: "string-addresses" },
    make("summary", {}, messages.addresses),
    make(
      "ul",
      {},
      ...shown.map((link) =>
        make(
          "li",
          {},
          filled(messages.leads_to, {
            words: (row.typing.links.get(link.code) ?? link.code).trim(),
            address: link.href,
          }),
          " ",
          link.context ? own(row, link) : "",
        ),
      ),
    ),
  );
};
