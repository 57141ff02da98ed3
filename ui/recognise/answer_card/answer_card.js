// The card of an answer: what the voice sounds like, how sure that is, and the clip with a moving cursor.
//
// Streamlit calls the default export on every rerun; what must survive this belongs to a Card, of which there is one per
// element of the page. The sound belongs to the page: a voice that was tapped plays on here.

const cards = new WeakMap();

export default function render({ data, parentElement }) {
  if (!cards.has(parentElement)) {
    cards.set(parentElement, new Card(parentElement.querySelector(".answer-card")));
  }
  cards.get(parentElement).show(data);
  return () => {
    cards.get(parentElement)?.close();
    cards.delete(parentElement);
  };
}

const SVG = "http://www.w3.org/2000/svg";
const WAVE_HEIGHT = 40;
const ARROW_SHARE = 0.05;
// How much larger the face is at the loudest moment.
const FACE_GROWTH = 0.12;

const colourOf = (label) => `var(--hs-${label})`;
const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

function segment(label, share) {
  const part = make("i");
  part.style.setProperty("--of", colourOf(label));
  part.style.setProperty("--share", share);
  return part;
}

class Card {
  constructor(root) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.sound = sharedSound();
    this.audio = this.sound.audio;
    this.data = null;
    this.isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.listeners = new AbortController();
    const on = (target, kinds, handler) => {
      for (const kind of kinds.split(" ")) target.addEventListener(kind, handler, { signal: this.listeners.signal });
    };
    on(this.find(".play"), "click", () => this.toggle());
    on(this.find(".wave"), "click", (event) => {
      const { left, width } = this.find(".wave").getBoundingClientRect();
      this.seek((event.clientX - left) / width);
      // A tap on a moment of a long clip plays the clip from there.
      if (this.data.stretches.length && this.audio.paused) this.toggle();
    });
    on(this.find(".wave"), "keydown", (event) => this.handleKey(event));
    on(this.audio, "play pause ended timeupdate seeked", () => this.follow());
    on(this.audio, "error", () => this.useOwnSound());
  }

  close() {
    this.listeners.abort();
    cancelAnimationFrame(this.frame);
    this.audio.pause();
  }

  show(data) {
    const isNew = data.sound_id !== this.data?.sound_id;
    this.data = data;
    this.root.className = `answer-card ${data.kind}`;
    this.root.setAttribute("aria-label", data.title);
    const [first, second] = data.labels;
    this.root.style.setProperty("--colour", first ? colourOf(first) : "");
    this.root.style.setProperty("--second", second ? colourOf(second) : "");
    this.find(".faces").replaceChildren(...data.faces.map((src) => make("img", { src, alt: "" })));
    this.find("h2").replaceChildren(...data.headline.map(([text, label]) => this.word(text, label)));
    this.find(".sure").hidden = !data.sure;
    this.find(".sure .bar").replaceChildren(...data.shares.map(([label, share]) => segment(label, share)));
    this.find(".sure .words").textContent = data.sure;
    this.find(".notes").replaceChildren(...data.notes.map((textContent) => make("li", { textContent })));
    this.find(".votes").hidden = !data.votes.length;
    this.find(".votes .who").textContent = data.voters;
    this.find(".votes .bar").replaceChildren(...data.votes.map(([label, share]) => segment(label, share)));
    this.find(".votes .words").textContent = data.votes_words;
    this.find(".story").textContent = data.story;
    this.find(".band").replaceChildren(...data.stretches.map((stretch) => this.bandPart(stretch)));
    this.find(".moment").hidden = !data.stretches.length;
    if (isNew) this.drawWave();
    this.takeSound(isNew);
    this.follow();
  }

  word(text, label) {
    if (!label) return document.createTextNode(text);
    const word = make("b", { textContent: text });
    word.style.setProperty("--of", colourOf(label));
    return word;
  }

  bandPart({ start_s, end_s, label }) {
    const part = make("i");
    part.style.setProperty("--of", label ? colourOf(label) : "transparent");
    part.style.left = `${(100 * start_s) / this.data.duration_s}%`;
    part.style.width = `${(100 * (end_s - start_s)) / this.data.duration_s}%`;
    return part;
  }

  drawWave() {
    const svg = this.find(".wave svg");
    const { bars } = this.data;
    svg.setAttribute("viewBox", `0 0 ${bars.length} ${WAVE_HEIGHT}`);
    svg.replaceChildren(
      ...bars.map((height, index) => {
        const bar = document.createElementNS(SVG, "rect");
        const length = Math.max(height * WAVE_HEIGHT, 0.6);
        const place = { x: index + 0.15, y: (WAVE_HEIGHT - length) / 2, width: 0.7, height: length, rx: 0.3 };
        for (const [name, value] of Object.entries(place)) bar.setAttribute(name, value);
        return bar;
      }),
    );
  }

  // The sound

  get isOwn() {
    return this.sound.id === this.data?.sound_id;
  }

  takeSound(isNew) {
    if (this.isOwn) return;
    this.audio.pause();
    this.sound.id = this.data.sound_id;
    this.audio.src = fromServer(this.data.url);
    // If the browser does not allow this, the clip stays at its start, and the visitor can press the play button.
    if (isNew && this.data.plays_at_once) this.audio.play().catch(() => {});
  }

  // The file that a tapped voice was played from is not served any more, or this browser cannot play it.
  useOwnSound() {
    const own = fromServer(this.data.url);
    if (this.audio.src === own) return;
    this.audio.src = own;
    if (this.data.plays_at_once) this.audio.play().catch(() => {});
  }

  toggle() {
    if (!this.isOwn) this.takeSound(false);
    if (this.audio.paused) this.audio.play().catch(() => {});
    else this.audio.pause();
  }

  seek(share) {
    if (!this.isOwn) this.takeSound(false);
    this.audio.currentTime = Math.min(Math.max(share, 0), 1) * this.data.duration_s;
    this.follow();
  }

  handleKey(event) {
    const share = this.audio.currentTime / this.data.duration_s;
    const places = { ArrowLeft: share - ARROW_SHARE, ArrowRight: share + ARROW_SHARE, Home: 0, End: 1 };
    if (event.key in places) this.seek(places[event.key]);
    else if (event.key === " " || event.key === "Enter") this.toggle();
    else return;
    event.preventDefault();
  }

  // The cursor, the clock and the face follow the sound.
  follow() {
    cancelAnimationFrame(this.frame);
    this.place();
    if (this.isOwn && !this.audio.paused && !this.audio.ended) this.frame = requestAnimationFrame(() => this.follow());
  }

  place() {
    if (!this.data) return;
    const { duration_s, bars } = this.data;
    const now_s = this.isOwn ? Math.min(this.audio.currentTime, duration_s) : 0;
    const isPlaying = this.isOwn && !this.audio.paused && !this.audio.ended;
    const share = now_s / duration_s;
    this.find(".cursor").style.left = `${100 * share}%`;
    this.find(".clock").textContent = `${now_s.toFixed(1)} of ${duration_s.toFixed(1)} s`;
    const moment = this.data.stretches.find(({ start_s, end_s }) => start_s <= now_s && now_s <= end_s);
    const words = moment?.words ?? "pause";
    if (this.data.stretches.length && this.find(".moment").textContent !== words) {
      this.find(".moment").textContent = words;
    }
    const wave = this.find(".wave");
    wave.setAttribute("aria-valuemax", duration_s.toFixed(1));
    wave.setAttribute("aria-valuenow", now_s.toFixed(1));
    wave.setAttribute("aria-valuetext", `${now_s.toFixed(1)} s of ${duration_s.toFixed(1)} s`);
    const play = this.find(".play");
    play.textContent = isPlaying ? "❚❚" : "▶\uFE0E";
    play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    const loudness = isPlaying ? (bars[Math.min(Math.floor(share * bars.length), bars.length - 1)] ?? 0) : 0;
    if (this.isCalm) return;
    for (const face of this.find(".faces").children) {
      face.style.transform = `scale(${1 - (loudness * FACE_GROWTH) / 3}, ${1 + loudness * FACE_GROWTH})`;
    }
  }
}
