// Eight voices: a tap plays one at once, and sends its name to the server, which computes the answer.
//
// The sound starts in the browser, without waiting for the server: browsers allow a sound only in answer to a tap.

const closers = new WeakMap();

export default function render({ data, parentElement, setTriggerValue }) {
  closers.get(parentElement)?.();
  const root = parentElement.querySelector(".voices");
  root.classList.toggle("compact", data.is_compact);
  const sound = sharedSound();
  const buttons = data.voices.map((voice, number) => makeButton(voice, number, setTriggerValue));
  root.replaceChildren(...buttons);

  const showPlaying = () => {
    const isPlaying = !sound.audio.paused && !sound.audio.ended;
    data.voices.forEach((voice, number) => {
      buttons[number].classList.toggle("playing", isPlaying && sound.id === voice.id);
    });
  };
  const kinds = ["play", "pause", "ended"];
  kinds.forEach((kind) => sound.audio.addEventListener(kind, showPlaying));
  showPlaying();
  const close = () => kinds.forEach((kind) => sound.audio.removeEventListener(kind, showPlaying));
  closers.set(parentElement, close);
  return close;
}

function makeButton(voice, number, setTriggerValue) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.style.setProperty("--colour", `var(--hs-${voice.emotion})`);
  button.style.setProperty("--number", number);
  button.append(
    Object.assign(document.createElement("img"), { src: voice.face, alt: "" }),
    Object.assign(document.createElement("span"), { textContent: voice.emotion }),
  );
  const url = voice.url && fromServer(voice.url);
  // The sound is fetched when a tap is likely, not for all eight voices at the start.
  if (url) button.addEventListener("pointerenter", () => fetch(url).catch(() => {}), { once: true });
  button.addEventListener("click", () => {
    if (url) playShared(voice.id, url).catch(() => {});
    setTriggerValue("chosen", voice.id);
  });
  return button;
}
