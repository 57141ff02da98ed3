// Shows the top of a page that was opened. Streamlit keeps the place of the page before where a button opens another page.
// On a phone it also closes the menu: Streamlit leaves it open, and there it covers the page.
//
// Streamlit calls the default export on every rerun; data.n_opened changes only when the visitor opens a page.

// The width up to which Streamlit draws the menu over the page instead of beside it.
const MENU_COVERS_PAGE = "(max-width: 768px)";

let lastOpened = null;

export default function render({ data }) {
  if (data.n_opened === lastOpened) return;
  if (lastOpened !== null) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  lastOpened = data.n_opened;
  if (!window.matchMedia(MENU_COVERS_PAGE).matches) return;
  const isOpen = document.querySelector("[data-testid=stSidebar]")?.getBoundingClientRect().right > 0;
  if (isOpen) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
