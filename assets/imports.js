// Presses "Go on" by itself while an import is read or written, and looks again while somebody else
// works on it. Without it the same buttons are pressed by hand.

const WAIT = 1500; // Milliseconds: a glance at the figures, and the button can still be left alone.

const form = document.querySelector("form[data-goes-on]");

if (form) setTimeout(() => form.requestSubmit(), WAIT);
