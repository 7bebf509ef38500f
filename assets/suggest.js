// Completes What and Where while somebody types: names of listings, terms, places. Nothing is chosen
// unless a person chooses it, and without this script the fields are plain fields.
// The combobox pattern of the ARIA Authoring Practices: list autocomplete with manual selection.

const WAIT = 150; // Milliseconds without a key before the server is asked.
const LEAST = 2; // Letters.
const FILTERS = ["type", "value", "sector"]; // Schemes that results are filtered by.
const KEPT = 50; // Answers kept for going back while typing.

function element(name, { className = "", text = "", ...attributes }) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.words = this.form.dataset;
    this.kinds = input.dataset.suggest.split(" ");
    this.kept = new Map();
    this.options = [];
    this.active = -1;
    this.build();
    input.addEventListener("input", (event) => event.isComposing || this.typed());
    input.addEventListener("compositionend", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
  }

  build() {
    const id = `${this.input.id}-suggestions`;
    const field = this.form.querySelector(`label[for="${this.input.id}"]`).textContent;
    const label = `${field}: ${this.words.labelList}`;
    this.list = element("div", { className: "suggestions", id, role: "listbox", "aria-label": label, tabindex: "-1" });
    this.list.hidden = true;
    // The field keeps the focus: a press on the list is no leaving of it.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const place = this.options.findIndex(({ row }) => row.contains(event.target));
      if (place >= 0) this.choose(place);
    });
    this.says = element("p", { className: "unseen", role: "status" });
    this.input.after(this.list, this.says);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off" };
    for (const [name, value] of Object.entries(combobox)) this.input.setAttribute(name, value);
  }

  // ---- asking

  typed() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    const text = this.input.value.trim();
    if ([...text].length < LEAST) return this.close();
    this.waiting = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const found = this.kept.get(text) ?? (await this.fetch(text, signal));
      this.keep(text, found);
      if (!signal.aborted && document.activeElement === this.input) this.show(found);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // A plain field is left.
    }
  }

  async fetch(text, signal) {
    const parameters = new URLSearchParams({ q: text, lang: document.documentElement.lang });
    for (const kind of this.kinds) parameters.append("kind", kind);
    const response = await fetch(`${this.words.suggestUrl}?${parameters}`, { signal, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`suggestions: ${response.status}`);
    return (await response.json()).results;
  }

  keep(text, found) {
    this.kept.delete(text);
    this.kept.set(text, found);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
  }

  // ---- showing

  show(found) {
    this.options = [];
    this.list.replaceChildren(...this.kinds.map((kind) => this.group(kind, found)).filter(Boolean));
    this.activate(-1);
    const wasOpen = this.isOpen;
    this.expand(this.options.length > 0);
    if (!wasOpen) this.list.scrollIntoView({ block: "nearest" }); // Above the keyboard of a phone.
    this.say(this.options.length);
  }

  group(kind, found) {
    const suggestions = found.filter((each) => each.kind === kind);
    if (!suggestions.length) return null;
    const id = `${this.list.id}-${kind}`;
    const group = element("div", { role: "group", "aria-labelledby": id });
    group.append(element("div", { className: "kind", id, role: "presentation", text: this.words[`label${kind[0].toUpperCase()}${kind.slice(1)}`] }));
    for (const suggestion of suggestions) {
      const row = element("div", { id: `${this.list.id}-${this.options.length}`, role: "option", "aria-selected": "false" });
      row.append(element("span", { text: suggestion.label }));
      // Kos, Greece (Coo): why it is there at all, where its name does not begin as typed.
      const otherName = suggestion.other_name ? `(${suggestion.other_name})` : "";
      const hint = [suggestion.hint, otherName].filter(Boolean).join(" ");
      if (hint) row.append(" ", element("small", { text: hint }));
      this.options.push({ row, suggestion });
      group.append(row);
    }
    return group;
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  say(count) {
    const { labelNone, labelOne, labelMany } = this.words;
    const text = count === 1 ? labelOne : labelMany.replace("{count}", count);
    this.says.textContent = count ? text : labelNone;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.activate(-1);
    this.expand(false);
    this.says.textContent = "";
  }

  // ---- choosing

  pressed(event) {
    const { key, altKey, isComposing } = event;
    if (isComposing) return;
    if (key === "ArrowDown" && !this.isOpen) this.typed();
    else if (key === "ArrowUp" && altKey) this.close();
    else if (key === "ArrowDown" || key === "ArrowUp") this.step(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" && this.isOpen && this.active >= 0) this.choose(this.active);
    else if (key === "Escape" && this.isOpen) this.close();
    else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) return this.activate(-1);
    else return;
    event.preventDefault();
  }

  /** To the next or previous suggestion; before the first and after the last is the field itself. */
  step(by) {
    if (!this.isOpen) return;
    const count = this.options.length + 1;
    this.activate(((this.active + 1 + by + count) % count) - 1);
  }

  activate(place) {
    this.options[this.active]?.row.setAttribute("aria-selected", "false");
    this.active = place;
    const row = this.options[place]?.row;
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  /** A listing opens its page; a term is searched by; a place goes into Where. */
  choose(place) {
    const { suggestion } = this.options[place];
    this.close();
    if (suggestion.kind === "organization") return location.assign(new URL(suggestion.url, location.href));
    if (suggestion.kind === "place") return this.choosePlace(suggestion);
    if (FILTERS.includes(suggestion.scheme)) return this.searchBy(suggestion);
    this.input.value = suggestion.label;
  }

  /** The results that carry the term, with what else the form asks for. */
  searchBy({ scheme, code }) {
    const filled = [...new FormData(this.form)].filter(([name, value]) => value && name !== this.input.name);
    const parameters = new URLSearchParams(filled);
    if (!parameters.getAll(scheme).includes(code)) parameters.append(scheme, code);
    location.assign(`${this.form.action}?${parameters}`);
  }

  choosePlace({ label, hint }) {
    const where = this.form.querySelector("#near");
    if (where !== this.input) this.input.value = "";
    where.value = hint ? `${label}, ${hint}` : label;
    where.focus();
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Combobox(input);
