// Copies a link to what the page shows, and turns the projector mode on and off.
//
// Streamlit calls the default export on every rerun. The buttons stay, so their handlers are set anew, not added.

const SAID_MS = 4_000;
// Parameters that are about the visitor's own view. A copied link leaves them out.
const NOT_SHARED = ["embed", "embed_options", "present"];
// Streamlit Community Cloud shows an app inside a frame at this path; without it, the address is the public one.
const CLOUD_FRAME_PATH = /^\/~\/\+/;

let timer = 0;

export default function render({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  document.documentElement.classList.toggle("presenting", data.is_presenting);
  find(".page-tools").classList.toggle("presenting", data.is_presenting);
  find(".present .word").textContent = data.is_presenting ? "Leave presentation" : "Present";
  find(".present").title = data.is_presenting ? "Back to the page with its menu" : "Large type for a projector, without the menu";
  find(".present").onclick = () => setTriggerValue("present", true);

  const say = (text) => {
    clearTimeout(timer);
    find(".said").textContent = text;
    timer = setTimeout(() => { find(".said").textContent = ""; }, SAID_MS);
  };
  find(".share").onclick = async () => {
    const link = shownLink();
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // The browser does not allow it, for example on a page that is not secure.
      window.prompt("Copy this link:", link);
      return;
    }
    say("Link copied. It shows this page with the same choices. A voice of your own is never in it.");
  };
}

function shownLink() {
  const url = new URL(window.location.href);
  for (const name of NOT_SHARED) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(CLOUD_FRAME_PATH, "");
  url.hash = "";
  // A slash and a comma need no escape in a query, and the link is easier to read.
  return url.href.replaceAll("%2F", "/").replaceAll("%2C", ",");
}
