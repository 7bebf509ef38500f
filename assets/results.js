// Makes the filters quicker: a tick is applied by itself, and long lists can be narrowed by typing.
// Everything it does can be done without it, by the Apply buttons and by reading on.

const WAIT = 400; // Milliseconds for a second tick before the page is asked for.
const KEPT = "filters-kept";

const form = document.getElementById("filters");
const problem = document.getElementById("problem");

problem?.focus();

function nameOf(field) {
  return `${field.name}=${field.value}`;
}

/** Remember where the visitor was, so that the new page can stand there. */
function keep(field) {
  const open = [...form.querySelectorAll("details")].map((each) => each.open);
  const isPanelOpen = form.closest("details").open;
  const kept = { at: Date.now(), field: nameOf(field), top: field.getBoundingClientRect().top, open, isPanelOpen };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

function restore() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!text) return;
  const kept = JSON.parse(text);
  if (Date.now() - kept.at > 15000) return;
  form.closest("details").open = kept.isPanelOpen;
  const lists = form.querySelectorAll("details");
  if (lists.length === kept.open.length) lists.forEach((each, index) => (each.open = kept.open[index]));
  const field = [...form.elements].find((each) => each.name && nameOf(each) === kept.field);
  if (!field) return;
  for (let list = field.closest("details"); list; list = list.parentElement.closest("details")) list.open = true;
  field.focus({ preventScroll: true });
  window.scrollBy(0, field.getBoundingClientRect().top - kept.top);
  announce();
}

/** Say the new count to those who cannot see it change. */
function announce() {
  const heading = document.getElementById("count");
  if (!heading) return;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  heading.before(status);
  setTimeout(() => (status.textContent = heading.textContent), 100);
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** A field above a long list that leaves only the values it matches. */
function addNarrowing(list) {
  const rows = [...list.querySelectorAll(".choice")];
  const words = rows.map((row) => folded(row.textContent));
  const more = list.querySelector("details");
  const input = document.createElement("input");
  input.type = "search";
  input.setAttribute("aria-label", `${form.dataset.labelNarrow}: ${list.querySelector("legend").textContent}`);
  input.placeholder = form.dataset.labelNarrow;
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    const sought = folded(input.value.trim());
    rows.forEach((row, index) => (row.hidden = sought !== "" && !words[index].includes(sought)));
    if (more && sought) more.open = true;
  });
  list.querySelector("legend").after(input);
}

if (form) {
  for (const list of form.querySelectorAll("[data-long]")) addNarrowing(list);
  let waiting;
  form.addEventListener("change", (event) => {
    if (!event.target.name) return;
    keep(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), WAIT);
  });
  // Going back shows the ticks of that page, not those made since.
  window.addEventListener("pageshow", (event) => event.persisted && form.reset());
  restore();
}
