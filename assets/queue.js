// Letter keys for the editors' queue: J next, K earlier, A accept, R decline, O open.
// Everything they do can be done with the buttons; they can be turned off.

const OFF = "queue-keys-off";

const frame = document.querySelector("[data-keys]");
const cases = frame ? [...frame.querySelectorAll(".case")] : [];
const onOff = document.querySelector("[data-keys-switch]");

function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
}

function here() {
  return cases.findIndex((each) => each.contains(document.activeElement));
}

function go(step) {
  const next = Math.min(Math.max(here() + step, 0), cases.length - 1);
  cases[next]?.focus();
  cases[next]?.scrollIntoView({ block: "nearest" });
}

/** In the queue a button or list is used; in a review a tick is set, and the next piece comes. */
function decide(verdict) {
  const present = cases[here()];
  if (!present) return;
  if (frame.dataset.keys === "review") {
    const tick = present.querySelector(`input[type=radio][value=${verdict}]`);
    if (tick) tick.checked = true;
    go(1);
  } else if (verdict === "accept") {
    const button = present.querySelector("button[name=accept]:not([hidden])");
    (button ?? present.querySelector("a.open"))?.click();
  } else {
    present.querySelector("select, button[name=decline]")?.focus();
  }
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  a: () => decide("accept"),
  r: () => decide("decline"),
  o: () => cases[here()]?.querySelector("a.open")?.click(),
};

/** Where a piece is declined without a reason, ask for one before anything is sent. */
function askForReason(form) {
  const [reason, words] = [form.elements.reason, form.elements.message];
  for (const each of ["input", "click"]) form.addEventListener(each, () => reason.setCustomValidity(""));
  form.addEventListener("submit", (event) => {
    const isDeclined = form.querySelector("input[type=radio][value=decline]:checked");
    if (event.submitter?.value !== "pieces" || !isDeclined || reason.value || words.value.trim()) return;
    event.preventDefault();
    reason.setCustomValidity(reason.dataset.owed);
    reason.reportValidity();
  });
}

const review = document.querySelector("[data-keys=review] form");
if (review) askForReason(review);

if (frame) {
  if (onOff) {
    onOff.checked = !localStorage.getItem(OFF);
    onOff.addEventListener("change", () => {
      if (onOff.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
    const row = event.target.closest?.(".case");
    if (event.key === "Enter" && row && event.target.matches(".verdict select, .verdict input")) {
      event.preventDefault();
      row.querySelector("button[name=decline]").click();
      return;
    }
    const act = KEYS[event.key.toLowerCase()];
    if (!act || isTyping(event.target)) return;
    event.preventDefault();
    act();
  });
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) target.focus();
}
