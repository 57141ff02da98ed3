// Shows the top of a page that was opened. Streamlit keeps the place of the page before where a button opens another page.
// On a phone it also closes the menu: Streamlit leaves it open, and there it covers the page.
// The keyboard's focus goes to the title, except from the menu: the button or link that opened the page is gone.
// The theme of the page becomes that of the whole document: Streamlit draws dialogs outside of the element that has its theme.
// And a file may be dropped anywhere on a page with a field for files, not only on the field.
//
// Streamlit calls the default export on every rerun; data.n_opened changes only when the visitor opens a page.

// The width up to which Streamlit draws the menu over the page instead of beside it.
const MENU_COVERS_PAGE = "(max-width: 768px)";

const DROPPING = "dropping";

let lastOpened = null;
let receivesDrops = false;
let followsTheme = false;

export default function render({ data }) {
  receiveDrops();
  followTheme();
  if (data.n_opened === lastOpened) return;
  lastOpened = data.n_opened;
  // On a slow phone, a visitor can open the menu of the first page before this function is loaded. It then stays open.
  if (data.n_opened === 1) return;
  goToTitle();
  closeMenu();
}

function closeMenu() {
  if (!window.matchMedia(MENU_COVERS_PAGE).matches) return;
  const isOpen = document.querySelector("[data-testid=stSidebar]")?.getBoundingClientRect().right > 0;
  if (isOpen) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

function goToTitle() {
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  if (document.activeElement.closest("[data-testid=stSidebar], [data-testid=stHeader]")) return;
  const title = document.querySelector("[data-testid=stHeading]:has(h1)");
  if (!title) return;
  title.tabIndex = -1;
  title.classList.add("next-focus");
  title.focus({ preventScroll: true });
}

function followTheme() {
  if (followsTheme) return;
  followsTheme = true;
  const app = document.querySelector("[data-testid=stApp]");
  const follow = () => {
    document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  // A theme is a class of this element.
  new MutationObserver(follow).observe(app, { attributeFilter: ["class"] });
  follow();
}

function receiveDrops() {
  if (receivesDrops) return;
  receivesDrops = true;
  const root = document.documentElement;
  const field = () => document.querySelector("[data-testid=stFileUploader] input[type=file]");
  const holdsFiles = (event) => Boolean(event.dataTransfer?.types.includes("Files"));
  window.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    // Otherwise the browser opens the file in place of the app.
    event.preventDefault();
    root.classList.toggle(DROPPING, field() !== null);
  });
  window.addEventListener("dragleave", (event) => {
    // The mouse has left the window, not only an element.
    if (event.relatedTarget === null) root.classList.remove(DROPPING);
  });
  window.addEventListener("drop", (event) => {
    root.classList.remove(DROPPING);
    // The field itself takes a file that is dropped on it.
    if (!holdsFiles(event) || event.target.closest("[data-testid=stFileUploaderDropzone]")) return;
    event.preventDefault();
    const input = field();
    if (!input) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
