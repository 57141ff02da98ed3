// The moving picture of a live voice. What is new comes as an event from a second component, four times a second.
//
// Streamlit calls the default export on every rerun and on every change of theme, may write the page's part anew
// between two calls, and may clean up after an earlier call when a later one has begun. So there is one stage a place on
// the page, which looks with each event whether it still stands on the part that is there, and ends when the place has
// gone; it does not wait to be told.

const stages = new WeakMap();

export default function render({ data, parentElement }) {
  const stage = stages.get(parentElement);
  if (stage) stage.show(data);
  else stages.set(parentElement, new Stage(parentElement, data));
}

const QUIETEST_DB = -60;
const PITCH_HZ = [60, 500];
const HEIGHT_PX = { answers: 190, mel: 150, pitch: 130, level: 90 };
const TITLES = {
  answers: "Which emotion it sounds like, the last 30 seconds",
  mel: "Mel spectrogram: which frequencies sound when; low at the bottom, bright is loud",
  pitch: "Pitch, 60 to 500 Hz: how high the voice is",
  level: "Loudness, -60 to 0 dB",
};

class Stage {
  constructor(place, data) {
    this.place = place;
    this.find = (selector) => this.root.querySelector(selector);
    this.listeners = new AbortController();
    window.addEventListener("live-feed", () => this.take(globalThis.liveFeed), { signal: this.listeners.signal });
    this.resizing = new ResizeObserver(() => this.draw());
    this.painters = {
      answers: this.drawAnswers.bind(this),
      mel: this.drawMel.bind(this),
      pitch: this.drawPitch.bind(this),
      level: this.drawLevel.bind(this),
    };
    this.trouble = "";
    this.forget("");
    this.data = data;
    this.show(data);
    this.watchMicrophone();
  }

  close() {
    stages.delete(this.place);
    this.listeners.abort();
    this.resizing.disconnect();
  }

  show(data) {
    // What was said earlier may be shown again.
    if (data.said_s < this.data.said_s) return;
    this.data = data;
    this.over = data.is_running ? null : this.run;
    this.stand();
    this.draw();
  }

  // On the part of the page that is there, built for what is to be shown.
  stand() {
    const root = this.place.querySelector(".stage");
    const look = JSON.stringify(this.data.emotions) + this.data.is_classroom;
    const isNew = root && root !== this.root;
    if (isNew) {
      this.root = root;
      this.resizing.disconnect();
      this.resizing.observe(root);
      this.complain(this.trouble);
    }
    if (isNew || look !== this.look) this.build();
    this.look = look;
    this.find(".running").hidden = !this.data.is_running;
  }

  build() {
    const { emotions, is_classroom } = this.data;
    const make = (kind, parts) => Object.assign(document.createElement(kind), parts);
    this.bars = is_classroom ? [] : emotions.map(([label, icon, colour]) => {
      const row = make("div", { className: "bar" });
      const bar = make("div", {});
      bar.style.background = colour;
      const share = make("output", { textContent: "" });
      const track = make("span", {});
      track.append(bar);
      row.append(make("span", { textContent: `${icon} ${label}` }), track, share);
      return { row, bar, share };
    });
    this.find(".bars").replaceChildren(...this.bars.map(({ row }) => row));
    this.canvases = {};
    const pictures = (is_classroom ? ["mel", "pitch", "level"] : ["answers", "mel"]).map((name) => {
      const figure = make("figure", {});
      const canvas = make("canvas", { className: name, role: "img" });
      canvas.setAttribute("aria-label", TITLES[name]);
      canvas.style.height = `${HEIGHT_PX[name]}px`;
      this.canvases[name] = canvas;
      figure.append(make("figcaption", { textContent: TITLES[name] }), canvas);
      return figure;
    });
    this.find(".pictures").replaceChildren(...pictures);
  }

  // What is new

  forget(run) {
    this.run = run;
    this.columns = [];
    this.answers = [];
    this.now_s = 0;
  }

  take(news) {
    if (!this.place.isConnected) {
      this.close();
      return;
    }
    // What belongs to a stream that was stopped comes too late.
    if (news.run === this.over) return;
    if (news.run !== this.run) this.forget(news.run);
    // News come only while a stream runs, also where that is not yet told.
    this.data = { ...this.data, is_running: true };
    this.stand();
    const { mels, column_s, shown_s } = this.data;
    const mel = Uint8Array.from(atob(news.mel), (letter) => letter.charCodeAt(0));
    const next = (this.columns.at(-1)?.number ?? -1) + 1;
    news.levels.forEach((level_db, index) => {
      const number = news.first + index;
      if (number < next) return;
      const column = mel.subarray(index * mels, (index + 1) * mels);
      this.columns.push({ number, mel: column, level_db, pitch_hz: news.pitches[index] });
    });
    const last_s = this.answers.at(-1)?.[0] ?? -1;
    this.answers.push(...news.answers.filter(([time_s]) => time_s > last_s));
    this.now_s = news.now_s;
    this.columns = this.columns.filter(({ number }) => number * column_s > this.now_s - shown_s);
    this.answers = this.answers.filter(([time_s]) => time_s > this.now_s - shown_s);
    this.showLevel(news.level_db);
    this.showBars(news.is_speech);
    this.draw();
  }

  showLevel(level_db) {
    const share = Math.min(Math.max(1 - level_db / QUIETEST_DB, 0), 1);
    const meter = this.find(".meter");
    meter.firstElementChild.style.width = `${100 * share}%`;
    meter.setAttribute("aria-valuenow", Math.round(Math.max(level_db, QUIETEST_DB)));
    this.find(".db").textContent = share ? `${Math.round(level_db)} dB` : "silent";
  }

  showBars(isSpeech) {
    const newest = this.answers.findLast(([, shares]) => shares);
    this.find(".bars").classList.toggle("waiting", !isSpeech);
    this.bars.forEach(({ bar, share }, index) => {
      const value = newest?.[1][index] ?? 0;
      bar.style.width = `${100 * value}%`;
      share.textContent = newest ? `${Math.round(100 * value)}%` : "";
    });
  }

  // Drawing: time runs to the right, and now is at the right edge

  draw() {
    if (!this.data?.is_running) return;
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(`--st-${name}`).trim();
    this.colours = { text: colour("text-color"), panel: colour("secondary-background-color"), line: colour("primary-color") };
    this.font = `12px ${style.fontFamily}`;
    for (const [name, canvas] of Object.entries(this.canvases)) {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      if (!width) continue;
      const scale = window.devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * scale)) {
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
      }
      const pen = canvas.getContext("2d");
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.fillStyle = name === "mel" ? "rgb(8, 6, 24)" : this.colours.panel;
      pen.fillRect(0, 0, width, height);
      this.painters[name](pen, width, height);
    }
  }

  x(time_s, width) {
    return width * (1 - (this.now_s - time_s) / this.data.shown_s);
  }

  drawAnswers(pen, width, height) {
    this.data.emotions.forEach(([, icon, colour], index) => {
      const points = this.answers.map(([time_s, shares]) => [time_s, shares ? shares[index] : null]);
      this.drawLine(pen, width, height, points, colour);
      // Not by colour alone: what is likely now has its face beside its line.
      const [time_s, share] = points.at(-1) ?? [0, null];
      if (share > 0.15) {
        pen.font = this.font;
        pen.fillText(icon, Math.min(this.x(time_s, width) + 2, width - 16), height - 2 - share * (height - 12));
      }
    });
  }

  drawMel(pen, width, height) {
    const { mels, column_s } = this.data;
    const count = this.columns.length;
    if (!count) return;
    const image = new ImageData(count, mels);
    this.columns.forEach(({ mel }, x) => {
      for (let band = 0; band < mels; band++) image.data.set(heat(mel[band]), 4 * ((mels - 1 - band) * count + x));
    });
    const picture = new OffscreenCanvas(count, mels);
    picture.getContext("2d").putImageData(image, 0, 0);
    const left = this.x(this.columns[0].number * column_s, width);
    const right = this.x((this.columns.at(-1).number + 1) * column_s, width);
    pen.drawImage(picture, left, 0, right - left, height);
  }

  drawPitch(pen, width, height) {
    const [low, high] = PITCH_HZ.map(Math.log);
    const points = this.columns.map(({ number, pitch_hz }) => [
      number * this.data.column_s,
      pitch_hz && (Math.log(pitch_hz) - low) / (high - low),
    ]);
    this.drawLine(pen, width, height, points, this.colours.line);
  }

  drawLevel(pen, width, height) {
    const points = this.columns.map(({ number, level_db }) => [
      number * this.data.column_s,
      Math.max(1 - level_db / QUIETEST_DB, 0),
    ]);
    this.drawLine(pen, width, height, points, this.colours.line);
  }

  // A line through [seconds, share of the height], with gaps where the share is null.
  drawLine(pen, width, height, points, colour) {
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.lineJoin = "round";
    pen.beginPath();
    let isDown = false;
    for (const [time_s, share] of points) {
      if (share !== null) {
        const [x, y] = [this.x(time_s, width), height - 6 - share * (height - 12)];
        // A point by itself becomes a dash.
        if (!isDown) pen.moveTo(x - 1, y);
        pen.lineTo(x, y);
      }
      isDown = share !== null;
    }
    pen.stroke();
  }

  // The microphone

  async watchMicrophone() {
    if (!window.isSecureContext || !navigator.mediaDevices) {
      this.complain("Browsers lend a microphone to secure pages only: open this page by its https address, or upload a recording.");
      return;
    }
    const microphones = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      const isMissing = !devices.some(({ kind }) => kind === "audioinput");
      if (isMissing) this.complain("No microphone was found: plug one in. Until then, upload a recording or pick a sample.");
      return isMissing;
    };
    let permission = null;
    const look = async () => {
      if (permission?.state === "denied") {
        this.complain("The browser does not let this page use the microphone. Click the sign beside the page's address, allow the microphone, and start again; or upload a recording.");
      } else if (!(await microphones())) this.complain("");
    };
    navigator.mediaDevices.addEventListener("devicechange", look, { signal: this.listeners.signal });
    try {
      permission = await navigator.permissions.query({ name: "microphone" });
      permission.addEventListener("change", look, { signal: this.listeners.signal });
    } catch {
      // This browser does not tell; its own question on starting has to do.
    }
    look();
  }

  complain(words) {
    this.trouble = words;
    const trouble = this.find(".trouble");
    trouble.textContent = words;
    trouble.hidden = !words;
  }
}

// From black through violet and orange to light yellow, brighter all the way.
const HEAT = [[8, 6, 24], [72, 20, 110], [160, 45, 100], [232, 100, 45], [250, 240, 160]];

function heat(value) {
  const place = (value / 255) * (HEAT.length - 1);
  const below = Math.min(Math.floor(place), HEAT.length - 2);
  return [...HEAT[below].map((from, channel) => from + (place - below) * (HEAT[below + 1][channel] - from)), 255];
}
