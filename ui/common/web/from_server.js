
// The address of a file on Streamlit's server. The app need not be at the root of its host, so the address of the page
// does not tell; the address of Streamlit's own script does.
function fromServer(path) {
  const script = document.querySelector('script[type="module"][src*="static/js/"]');
  return new URL(path.replace(/^\//, ""), new URL("../../", script.src)).href;
}
