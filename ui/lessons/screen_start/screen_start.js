// Goes to the title of a new screen. Streamlit leaves the page where it was, and the focus on the button that was
// pressed, which is below the new text.
//
// Streamlit calls the default export on every rerun; data.screen changes only when another screen is shown.

let lastScreen = null;

export default function render({ data }) {
  const isFirst = lastScreen === null;
  if (data.screen === lastScreen) return;
  lastScreen = data.screen;
  if (isFirst) return;
  const title = document.querySelector(".st-key-lesson_screen [data-testid=stHeading]");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
}
