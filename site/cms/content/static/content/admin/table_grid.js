// A table as a form of cells: each is a field with a name, and what changes rows and columns is a button.
// It reads and writes what Wagtail's table block stores; what it does not know of that stays as it is.
(() => {
  const FRESH = 3;
  // A field for each cell: of more the browser is slow. A larger table that is stored is shown all the same.
  const MOST_PASTED = 5000;
  const HEADERS = ["row", "column", "both", "neither"];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };

  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  const emptyRow = (length) => Array.from({ length }, () => "");

  // Rows of one length, with at least one cell.
  const rectangle = (rows) => {
    const given = rows.length ? rows : Array.from({ length: FRESH }, () => emptyRow(FRESH));
    const width = Math.max(1, ...given.map((row) => row.length));
    return given.map((row) => [...row, ...emptyRow(width - row.length)]);
  };

  // What a spreadsheet copies: tabs between cells, and quotation marks around what has more lines.
  const pastedRows = (text) => {
    const cells = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
    const whole = text.replace(/(\r\n|\r|\n)$/, "");
    const rows = [[]];
    for (;;) {
      const [, quoted, plain, end] = cells.exec(whole);
      rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (!end) return rows;
      if (end !== "\t") rows.push([]);
    }
  };

  class TableGrid {
    constructor(placeholder, name, id, texts) {
      Object.assign(this, { id, texts, row: 0, column: 0, undoable: [] });
      this.input = element("input", { type: "hidden", name, id });
      this.headers = element("select", { id: `${id}-headers` });
      this.caption = element("input", {
        type: "text",
        id: `${id}-caption`,
        "aria-describedby": `${id}-caption-help`,
      });
      this.body = element("tbody");
      this.table = element("table", { role: "presentation", class: "cms-table__cells" }, this.body);
      this.status = element("p", { class: "help cms-table__status", role: "status" });
      this.rowName = element("span", { id: `${id}-row`, class: "cms-table__name" });
      this.columnName = element("span", { id: `${id}-column`, class: "cms-table__name" });
      this.buttons = element("div", { class: "cms-table__buttons" }, ...this.groups());
      this.cells = element(
        "div",
        { role: "group", "aria-label": texts.cells, "aria-describedby": `${id}-help` },
        element("p", { class: "help", id: `${id}-help` }, texts.help),
        element("div", { class: "cms-table__scroll" }, this.table),
        this.buttons,
        this.status,
      );
      const field = (label, control, ...more) =>
        element(
          "div",
          { class: "w-field__wrapper" },
          element("label", { class: "w-field__label", for: control.id }, label),
          ...more,
          control,
        );
      placeholder.replaceWith(
        element(
          "div",
          { class: "cms-table" },
          field(texts.headers, this.headers),
          field(
            texts.caption,
            this.caption,
            element("div", { class: "help", id: `${id}-caption-help` }, texts.caption_help),
          ),
          this.cells,
          this.input,
        ),
      );
      this.listen();
    }

    groups() {
      const button = (act, text) => {
        const made = element("button", { type: "button", class: "button button-small button-secondary" }, text);
        made.addEventListener("click", () => act());
        return made;
      };
      const { texts } = this;
      const group = (name, ...buttons) =>
        element("div", { role: "group", "aria-labelledby": name.id, class: "cms-table__group" }, name, ...buttons);
      this.undoButton = button(() => this.undo(), texts.undo);
      return [
        group(
          this.rowName,
          button(() => this.addRow(0), texts.add_row_above),
          button(() => this.addRow(1), texts.add_row_below),
          button(() => this.moveRow(-1), texts.move_row_up),
          button(() => this.moveRow(1), texts.move_row_down),
          button(() => this.removeRow(), texts.remove_row),
        ),
        group(
          this.columnName,
          button(() => this.addColumn(0), texts.add_column_left),
          button(() => this.addColumn(1), texts.add_column_right),
          button(() => this.moveColumn(-1), texts.move_column_left),
          button(() => this.moveColumn(1), texts.move_column_right),
          button(() => this.removeColumn(), texts.remove_column),
        ),
        this.undoButton,
      ];
    }

    listen() {
      const write = () => this.write();
      this.headers.addEventListener("change", write);
      this.caption.addEventListener("input", write);
      this.body.addEventListener("focusin", ({ target }) => {
        this.choose(Number(target.dataset.row), Number(target.dataset.column));
      });
      this.body.addEventListener("input", ({ target }) => {
        this.data[target.dataset.row][target.dataset.column] = target.value;
        target.rows = target.value.split("\n").length;
        this.write();
      });
      this.body.addEventListener("change", () => this.name());
      this.body.addEventListener("keydown", (event) => this.key(event));
      this.body.addEventListener("paste", (event) => this.paste(event));
      this.buttons.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.cell(this.row, this.column).focus();
      });
    }

    cell(row, column) {
      return this.body.rows[row]?.cells[column]?.firstElementChild;
    }

    key(event) {
      const { target, key } = event;
      const { value, selectionStart, selectionEnd } = target;
      if (event.ctrlKey || event.metaKey || event.isComposing) return;
      let goal = null;
      if (key === "Escape") goal = this.buttons.querySelector("button");
      else if (key === "Enter" && !event.shiftKey && !event.altKey) goal = this.cell(this.row + 1, this.column) ?? target;
      else if (key === "Enter" && event.altKey) target.setRangeText("\n", selectionStart, selectionEnd, "end");
      else if (event.shiftKey || event.altKey) return;
      else if (key === "ArrowUp" && selectionEnd === 0) goal = this.cell(this.row - 1, this.column);
      else if (key === "ArrowUp" && !this.hasLines(target)) goal = this.cell(this.row - 1, this.column);
      else if (key === "ArrowDown" && selectionStart === value.length) goal = this.cell(this.row + 1, this.column);
      else if (key === "ArrowDown" && !this.hasLines(target)) goal = this.cell(this.row + 1, this.column);
      else return;
      if (key === "Enter" && event.altKey) target.dispatchEvent(new Event("input", { bubbles: true }));
      if (goal || key === "Enter") event.preventDefault();
      goal?.focus();
    }

    hasLines(target) {
      return target.clientHeight > 2 * parseFloat(getComputedStyle(target).lineHeight || "24");
    }

    // Only what has more than one cell; a word goes into the cell as ever.
    paste(event) {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!text.includes("\t") && !/\r?\n[^]*\S/.test(text)) return;
      const rows = pastedRows(text);
      const width = Math.max(...rows.map((row) => row.length));
      event.preventDefault();
      const height = Math.max(this.data.length, this.row + rows.length);
      if (height * Math.max(this.data[0].length, this.column + width) > MOST_PASTED) {
        this.say("too_large", { number: MOST_PASTED });
        return;
      }
      const { row, column } = this;
      this.change(() => {
        while (this.data.length < height) this.data.push([]);
        rows.forEach((cells, down) => {
          while (this.data[row + down].length < column) this.data[row + down].push("");
          this.data[row + down].splice(column, cells.length, ...cells);
        });
        this.data = rectangle(this.data);
      });
      this.cell(row, column).focus();
      this.say("pasted", { rows: rows.length, columns: width });
    }

    // Changes rows or columns, so that it can be undone.
    change(act) {
      this.undoable.push(JSON.stringify([this.data, this.row, this.column]));
      act();
      this.show();
      this.write();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    undo() {
      if (!this.undoable.length) return;
      [this.data, this.row, this.column] = JSON.parse(this.undoable.pop());
      this.show();
      this.write();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
      // The button is gone with the last change.
      if (this.undoButton.hidden) this.cell(this.row, this.column).focus();
      this.say("undone");
    }

    addRow(below) {
      const at = this.row + below;
      this.change(() => this.data.splice(at, 0, emptyRow(this.data[0].length)));
      this.choose(at, this.column);
      this.say("row_added", { number: at + 1 });
    }

    removeRow() {
      if (this.data.length === 1) return this.say("last_row");
      const number = this.row + 1;
      this.change(() => this.data.splice(this.row, 1));
      return this.say("row_removed", { number });
    }

    moveRow(by) {
      const to = this.row + by;
      if (!this.data[to]) return this.say(by < 0 ? "first_row_already" : "last_row_already");
      this.change(() => this.data.splice(to, 0, ...this.data.splice(this.row, 1)));
      this.choose(to, this.column);
      return this.say("row_moved", { number: to + 1 });
    }

    addColumn(right) {
      const at = this.column + right;
      this.change(() => this.data.forEach((cells) => cells.splice(at, 0, "")));
      this.choose(this.row, at);
      this.say("column_added", { number: at + 1 });
    }

    removeColumn() {
      if (this.data[0].length === 1) return this.say("last_column");
      const number = this.column + 1;
      this.change(() => this.data.forEach((cells) => cells.splice(this.column, 1)));
      return this.say("column_removed", { number });
    }

    moveColumn(by) {
      const to = this.column + by;
      if (to < 0 || to >= this.data[0].length) {
        return this.say(by < 0 ? "first_column_already" : "last_column_already");
      }
      this.change(() => this.data.forEach((cells) => cells.splice(to, 0, ...cells.splice(this.column, 1))));
      this.choose(this.row, to);
      return this.say("column_moved", { number: to + 1 });
    }

    say(text, values = {}) {
      this.status.textContent = fill(this.texts[text], values);
    }

    // The cell that the buttons are about.
    choose(row, column) {
      this.row = Math.max(0, Math.min(row, this.data.length - 1));
      this.column = Math.max(0, Math.min(column, this.data[0].length - 1));
      this.rowName.textContent = fill(this.texts.row, { number: this.row + 1 });
      this.columnName.textContent = fill(this.texts.column, { number: this.column + 1 });
      this.body.querySelector(".cms-table__chosen")?.classList.remove("cms-table__chosen");
      this.cell(this.row, this.column).classList.add("cms-table__chosen");
    }

    show() {
      const rows = this.data.map((cells, row) =>
        element(
          "tr",
          {},
          ...cells.map((value, column) => {
            const text = value === null ? "" : String(value);
            const cell = element("textarea", {
              "data-row": row,
              "data-column": column,
              id: `${this.id}-${row}-${column}`,
              rows: text.split("\n").length,
              dir: "auto",
            });
            cell.value = text;
            return element("td", {}, cell);
          }),
        ),
      );
      this.body.replaceChildren(...rows);
      this.name();
      this.choose(this.row, this.column);
      this.undoButton.hidden = !this.undoable.length;
    }

    // A cell is named by its place and by its headers, as readers will hear it.
    name() {
      const choice = this.headers.value;
      const byRow = choice === "row" || choice === "both";
      const byColumn = choice === "column" || choice === "both";
      this.table.dataset.headers = choice;
      this.data.forEach((cells, row) =>
        cells.forEach((_, column) => {
          const place = fill(this.texts.cell, { row: row + 1, column: column + 1 });
          const headers = [byRow && row ? this.data[0][column] : "", byColumn && column ? cells[0] : ""];
          this.cell(row, column).setAttribute("aria-label", [place, ...headers.filter(Boolean)].join(", "));
        }),
      );
    }

    write() {
      const choice = this.headers.value;
      this.input.value = JSON.stringify({
        cell: [],
        mergeCells: [],
        ...this.stored,
        data: this.data,
        first_row_is_table_header: choice === "row" || choice === "both",
        first_col_is_header: choice === "column" || choice === "both",
        table_header_choice: choice,
        table_caption: this.caption.value,
      });
      this.table.dataset.headers = choice;
    }

    getValue() {
      return JSON.parse(this.input.value);
    }

    getState() {
      return this.getValue();
    }

    setState(state) {
      this.stored = state ?? {};
      this.undoable = [];
      const given = this.stored.data ?? [];
      this.data = rectangle(given.map((row) => [...row]));
      // What was stored before Wagtail 6 says "col".
      const stored = this.stored.table_header_choice;
      const choice = stored === "col" ? "column" : stored;
      const chosen = HEADERS.includes(choice) ? choice : "row";
      this.headers.replaceChildren(
        ...HEADERS.map((value) => element("option", { value }, this.texts[`headers_${value}`])),
      );
      this.headers.value = chosen;
      this.caption.value = this.stored.table_caption ?? "";
      this.show();
      this.input.value = JSON.stringify(state);
      // Rows of one length, and a choice that exists, are stored with the next save.
      if (JSON.stringify(given) !== JSON.stringify(this.data) || chosen !== stored) this.write();
    }

    getTextLabel({ maxLength = 0 } = {}) {
      const label = this.caption.value;
      return maxLength && label.length > maxLength ? `${label.slice(0, maxLength - 1)}…` : label;
    }

    setInvalid(isInvalid) {
      this.cells.toggleAttribute("data-invalid", isInvalid);
    }

    focus() {
      this.headers.focus();
    }
  }

  window.telepath.register(
    "cms.content.TableGrid",
    class {
      constructor(texts) {
        this.texts = texts;
      }

      render(placeholder, name, id, state) {
        const grid = new TableGrid(placeholder, name, id, this.texts);
        grid.setState(state);
        return grid;
      }
    },
  );
})();
