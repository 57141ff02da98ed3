/* One step in the browser's history for each action of the visitor.

   Streamlit adds a step for each page, and one for each change of the query. A page that was just opened changes its
   query by itself: it writes the sample, the classroom mode or the number of a game there. Back would then lead to the
   address before that change, which shows the same page. So only the first change after an action adds a step. Later
   changes replace it. */
(() => {
  let hasActed = false;
  for (const action of ["pointerdown", "click", "keydown"]) {
    window.addEventListener(action, () => { hasActed = true; }, { capture: true });
  }
  /* After the browser's Back or Forward, what the page writes belongs to that step. */
  window.addEventListener("popstate", () => { hasActed = false; });
  const addStep = history.pushState.bind(history);
  history.pushState = (...step) => {
    if (hasActed) addStep(...step);
    else history.replaceState(...step);
    hasActed = false;
  };
})();
