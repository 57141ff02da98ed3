// The A/B player: two recordings, of which one is heard. The switch goes to the same place in the other one: to the same
// share of its length, because the same sentence takes longer in another mood.
//
// Streamlit calls the default export on every rerun; what must survive this belongs to an AbPlayer, of which there is one
// per element of the page.

const players = new WeakMap();

export default function render({ data, parentElement }) {
  if (!players.has(parentElement)) {
    players.set(parentElement, new AbPlayer(parentElement.querySelector(".ab-player"), data.start));
  }
  players.get(parentElement).show(data.tracks);
  return () => {
    players.get(parentElement)?.close();
    players.delete(parentElement);
  };
}

const SVG = "http://www.w3.org/2000/svg";
const WAVE_HEIGHT = 40;
const N_PLACES = 1000;

class AbPlayer {
  constructor(root, start) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.chosen = start;
    this.listeners = new AbortController();
    this.tracks = [0, 1].map((number) => this.makeTrack(number));
    this.on(this.find(".play"), "click", () => this.toggle());
    this.on(this.find(".place"), "input", (event) => this.seek(event.target.value / N_PLACES));
    this.on(root, "keydown", (event) => this.handleKey(event));
    this.choose(start);
  }

  on(target, kinds, handler) {
    for (const kind of kinds.split(" ")) target.addEventListener(kind, handler, { signal: this.listeners.signal });
  }

  makeTrack(number) {
    const audio = new Audio();
    audio.preload = "auto";
    this.root.append(audio);
    const button = Object.assign(document.createElement("button"), { type: "button" });
    this.find(".switch").append(button);
    const wave = document.createElementNS(SVG, "svg");
    wave.setAttribute("preserveAspectRatio", "none");
    wave.setAttribute("aria-hidden", "true");
    this.find(".waves").append(wave);
    this.on(button, "click", () => this.choose(number));
    this.on(wave, "click", (event) => {
      const { left, width } = wave.getBoundingClientRect();
      this.choose(number);
      this.seek((event.clientX - left) / width);
    });
    this.on(audio, "play pause ended", () => this.showState());
    this.on(audio, "timeupdate seeked loadedmetadata", () => this.showPlace());
    this.on(audio, "error", () => this.showTrouble("The sound cannot be loaded. Load the page again."));
    return { audio, button, wave, name: "", url: "" };
  }

  close() {
    this.listeners.abort();
    cancelAnimationFrame(this.frame);
    for (const { audio } of this.tracks) audio.pause();
  }

  // A new sound of one track keeps the place, and keeps playing.
  show(tracks) {
    tracks.forEach(({ name, url, duration_s, bars }, number) => {
      const track = this.tracks[number];
      Object.assign(track, { name, duration_s });
      track.button.textContent = name;
      if (url === track.url) return;
      const share = this.share;
      const isPlaying = number === this.chosen && !track.audio.paused && !track.audio.ended;
      track.url = url;
      track.audio.src = fromServer(url);
      this.drawWave(track.wave, bars);
      if (number !== this.chosen) return;
      track.audio.currentTime = share * duration_s;
      if (isPlaying) this.play();
    });
    this.showPlace();
  }

  drawWave(wave, bars) {
    wave.setAttribute("viewBox", `0 0 ${bars.length} ${WAVE_HEIGHT}`);
    wave.replaceChildren(
      ...bars.map((height, x) => {
        const bar = document.createElementNS(SVG, "rect");
        const y = Math.max(height * WAVE_HEIGHT, 1);
        for (const [name, value] of Object.entries({ x: x + 0.15, width: 0.7, y: (WAVE_HEIGHT - y) / 2, height: y })) {
          bar.setAttribute(name, value);
        }
        return bar;
      }),
    );
  }

  // The place in the chosen recording, as a share of its length.
  get share() {
    const { audio, duration_s } = this.tracks[this.chosen];
    return duration_s ? Math.min(audio.currentTime / duration_s, 1) : 0;
  }

  choose(number) {
    const share = this.share;
    const previous = this.tracks[this.chosen].audio;
    const isPlaying = !previous.paused && !previous.ended;
    previous.pause();
    this.chosen = number;
    this.tracks.forEach(({ button, wave }, index) => {
      button.setAttribute("aria-pressed", index === number);
      wave.classList.toggle("chosen", index === number);
    });
    this.seek(share);
    if (isPlaying) this.play();
  }

  seek(share) {
    const { audio, duration_s } = this.tracks[this.chosen];
    if (duration_s) audio.currentTime = Math.min(Math.max(share, 0), 1) * duration_s;
    this.showPlace();
  }

  toggle() {
    const { audio } = this.tracks[this.chosen];
    if (audio.paused || audio.ended) this.play();
    else audio.pause();
  }

  play() {
    const { audio } = this.tracks[this.chosen];
    if (this.share >= 1) audio.currentTime = 0;
    audio.play().catch((error) => {
      // AbortError: the sound was paused or replaced before it started, which is not an error for the visitor.
      if (error.name !== "AbortError") this.showTrouble("The browser cannot play this sound.");
    });
  }

  showState() {
    const { audio } = this.tracks[this.chosen];
    const isPlaying = !audio.paused && !audio.ended;
    const button = this.find(".play");
    button.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    button.firstElementChild.textContent = isPlaying ? "❚❚" : "▶\uFE0E";
    cancelAnimationFrame(this.frame);
    const step = () => {
      this.showPlace();
      if (isPlaying) this.frame = requestAnimationFrame(step);
    };
    step();
  }

  showPlace() {
    const { audio, duration_s, name } = this.tracks[this.chosen];
    if (!duration_s) return;
    const clock = `${audio.currentTime.toFixed(1)} of ${duration_s.toFixed(1)} s`;
    const place = this.find(".place");
    place.value = Math.round(this.share * N_PLACES);
    place.setAttribute("aria-valuetext", `${clock}, ${name}`);
    this.find(".clock").textContent = clock;
    this.find(".waves").style.setProperty("--share", this.share);
  }

  // Space plays and pauses, and "x" switches, wherever the focus is in the player.
  handleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "x") this.choose(1 - this.chosen);
    else if (event.key === " " && event.target === this.find(".place")) this.toggle();
    else return;
    event.preventDefault();
  }

  showTrouble(text) {
    const place = this.find(".trouble");
    place.textContent = text;
    place.hidden = false;
  }
}
