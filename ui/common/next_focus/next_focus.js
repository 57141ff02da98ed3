// Moves the keyboard's focus to a new part of the page, and shows that part. Streamlit leaves the page where it was; and
// where the pressed button is gone, the focus is lost and the next Tab begins at the top of the page.
//
// Streamlit calls the default export on every rerun; data.state changes only when the page shows something else.

// Streamlit removes what the page showed before a moment after it has added the new part.
const REMOVED_MS = 400;
// On a slow device the new part comes later, or Streamlit draws it twice, and the focus is lost again.
const WATCHED_MS = 2_000;
const STEP_MS = 100;

let lastState = null;

export default function render({ data }) {
  const isFirst = lastState === null;
  if (data.state === lastState) return;
  lastState = data.state;
  if (isFirst || !data.target) return;
  if (!data.only_if_lost) move(data);
  else setTimeout(() => { if (document.activeElement === document.body) move(data); }, REMOVED_MS);
}

function move(data) {
  const end_ms = performance.now() + WATCHED_MS;
  let isMoved = false;
  const step = () => {
    if (data.state !== lastState) return;
    if (!isMoved || document.activeElement === document.body) isMoved = focus(data) || isMoved;
    if (performance.now() < end_ms) setTimeout(step, STEP_MS);
  };
  step();
}

function focus({ target, to_top }) {
  const part = document.querySelector(`.st-key-${target}`);
  if (!part) return false;
  const place = part.querySelector("[data-testid=stHeading]") ?? part;
  place.tabIndex = -1;
  place.classList.add("next-focus");
  place.focus({ preventScroll: true });
  if (to_top) document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  else part.scrollIntoView({ block: "nearest" });
  return true;
}
