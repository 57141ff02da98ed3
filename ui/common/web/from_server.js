
// The address of a file on Streamlit's server. The app may be in a sub-folder of its host, so the address is made from
// that of Streamlit's own script, and not from that of the page.
function fromServer(path) {
  const script = document.querySelector('script[type="module"][src*="static/js/"]');
  return new URL(path.replace(/^\//, ""), new URL("../../", script.src)).href;
}
