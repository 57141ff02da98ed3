// Shows the meaning of a term beside it: under the mouse, with the keyboard's focus, and after a tap. Escape hides it.
//
// The terms are links in the text, so they are reached by Tab; they lead nowhere. The meanings are also hidden texts of
// the page, which describe the links to screen readers. Streamlit calls the default export on every rerun.

const GAP_PX = 4;
const EDGE_PX = 8;

let meanings = {};
let start = "";
let tip = null;
let shownFor = null;

export default function render({ data, parentElement }) {
  meanings = data.meanings;
  start = data.start;
  if (!tip) begin();
  // Inside the app, whose theme it has.
  if (!tip.isConnected) document.querySelector(".stApp").append(tip);
  if (shownFor && !shownFor.isConnected) hide();
  describe(parentElement);
}

function begin() {
  tip = document.createElement("div");
  tip.className = "term-tip";
  tip.popover = "manual";
  // The meaning is read out as the description of the link.
  tip.setAttribute("aria-hidden", "true");
  const on = (type, listener, options) => document.addEventListener(type, listener, options);
  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link) show(link);
    else if (!tip.contains(event.target) && shownFor !== document.activeElement) hide();
  });
  on("focusin", (event) => {
    const link = linkAt(event.target);
    if (link) show(link);
    else hide();
  });
  on("click", (event) => {
    const link = linkAt(event.target);
    if (link) {
      // The link leads nowhere.
      event.preventDefault();
      show(link);
    } else if (!tip.contains(event.target)) hide();
  });
  on("keydown", (event) => { if (event.key === "Escape") hide(); });
  on("scroll", hide, { capture: true, passive: true });
}

function linkAt(element) {
  const link = element instanceof Element ? element.closest(`a[href^="${start}"]`) : null;
  return link && meanings[link.getAttribute("href")] ? link : null;
}

function describe(parentElement) {
  const texts = parentElement.querySelector(".term-meanings") ?? parentElement.appendChild(document.createElement("div"));
  texts.className = "term-meanings";
  texts.hidden = true;
  texts.replaceChildren(...Object.entries(meanings).map(([address, meaning]) => {
    const text = document.createElement("p");
    text.id = idOf(address);
    text.textContent = meaning;
    return text;
  }));
}

const idOf = (address) => `meaning-of-${address.slice(start.length)}`;

function show(link) {
  link.setAttribute("aria-describedby", idOf(link.getAttribute("href")));
  tip.textContent = meanings[link.getAttribute("href")];
  tip.showPopover();
  shownFor = link;
  const place = link.getBoundingClientRect();
  const isRoomBelow = place.bottom + GAP_PX + tip.offsetHeight < window.innerHeight;
  const left = Math.min(place.left, window.innerWidth - tip.offsetWidth - EDGE_PX);
  tip.style.left = `${Math.max(EDGE_PX, left)}px`;
  tip.style.top = `${isRoomBelow ? place.bottom + GAP_PX : place.top - GAP_PX - tip.offsetHeight}px`;
}

function hide() {
  if (!shownFor) return;
  shownFor = null;
  tip.hidePopover();
}
