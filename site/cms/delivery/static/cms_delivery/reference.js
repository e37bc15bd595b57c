// Fetches the description when something is opened, and shows no more of it than is open.

const LONGEST = 200_000;
const SHOWN_HEADERS = ["etag", "content-language", "cache-control", "retry-after", "sunset"];

let described;
const description = () => (described ??= fetch(document.body.dataset.description).then((answer) => answer.json()));

const made = (name, text, ...children) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
};

const at = (start, pointer) =>
    pointer.split("/").reduce((holder, step) => holder?.[step.replaceAll("~1", "/")], start);

const resolved = (schema, whole) => (schema.$ref ? at(whole, schema.$ref.slice(2)) : schema);

const nameOf = (schema) => {
    if (schema.$ref) return schema.$ref.split("/").at(-1);
    if ("const" in schema) return JSON.stringify(schema.const);
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) return choices.length > 4 ? `one of ${choices.length}` : choices.map(nameOf).join(" or ");
    if (schema.items) return `list of ${nameOf(schema.items)}`;
    return schema.format ? `${schema.type}, ${schema.format}` : (schema.type ?? "anything");
};

const isDeep = (schema) =>
    Boolean(schema.$ref || schema.properties || schema.oneOf || schema.anyOf?.some(isDeep) || (schema.items && isDeep(schema.items)));

// The members of a schema; each that has members itself is looked into when it is opened.
const membersOf = (schema, whole) => {
    const found = resolved(schema, whole);
    if (found.items) return membersOf(found.items, whole);
    const list = made("ul");
    if (found.enum) list.append(made("li", found.enum.join(" · ")));
    for (const choice of found.oneOf ?? found.anyOf ?? found.allOf ?? []) list.append(lineOf("", choice, whole));
    for (const [name, member] of Object.entries(found.properties ?? {})) {
        list.append(lineOf(name, member, whole, found.required?.includes(name)));
    }
    return list;
};

const lineOf = (name, schema, whole, isRequired = true) => {
    const said = [name, `${nameOf(schema)}${isRequired ? "" : ", may be missing"}`, schema.deprecated ? "deprecated" : ""];
    const text = [said.filter(Boolean).join(": "), schema.description].filter(Boolean).join(" – ");
    if (!isDeep(schema)) return made("li", text);
    const details = made("details", "", made("summary", text));
    details.addEventListener("toggle", () => details.append(membersOf(schema, whole)), { once: true });
    return made("li", "", details);
};

for (const shape of document.querySelectorAll("details.shape")) {
    const { method, path } = shape.closest(".operation").dataset;
    shape.addEventListener(
        "toggle",
        async () => {
            const whole = await description();
            shape.append(membersOf(at(whole.paths[path][method.toLowerCase()], shape.dataset.pointer), whole));
        },
        { once: true },
    );
}

const addressOf = (form) => {
    let { path } = form.closest(".operation").dataset;
    const query = new URLSearchParams();
    for (const field of form.querySelectorAll("[name]")) {
        if ("inPath" in field.dataset) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
        else for (const value of field.value.split("\n").filter(Boolean)) query.append(field.name, value);
    }
    return query.size ? `${path}?${query}` : path;
};

const readable = (text) => {
    const start = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    try {
        return start === text ? JSON.stringify(JSON.parse(text), null, 2) : start;
    } catch {
        return start;
    }
};

document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = addressOf(event.target);
    const token = document.getElementById("token").value.trim();
    const place = event.target.parentElement.querySelector(".answer");
    const answer = await fetch(address, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
    const headers = SHOWN_HEADERS.filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}`);
    place.replaceChildren(
        made("p", "", made("code", address)),
        made("p", `${answer.status} ${answer.statusText}`),
        made("pre", headers.join("\n")),
        made("pre", readable(await answer.text())),
    );
});

document.getElementById("filter").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLowerCase();
    for (const section of document.querySelectorAll("section")) {
        let isEmpty = true;
        for (const operation of section.querySelectorAll(".operation")) {
            operation.hidden = !operation.querySelector("summary").textContent.toLowerCase().includes(wanted);
            isEmpty &&= operation.hidden;
        }
        section.hidden = isEmpty;
    }
});

const openNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named?.matches("details")) {
        named.open = true;
        named.scrollIntoView();
    }
};
addEventListener("hashchange", openNamed);
openNamed();
