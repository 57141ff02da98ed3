// The live charts. New data arrives four times a second as an event of a second component.
//
// Streamlit calls the default export on each run of the page and on each change of theme. Between two calls it may
// replace the HTML of the component, and the clean-up of an earlier call may run after a later call has begun. So there
// is one LiveCharts object per place on the page. On each event it checks whether its HTML was replaced, and it closes
// itself when its place is no longer part of the page, without any clean-up call.

const chartsByPlace = new WeakMap();

export default function render({ data, parentElement }) {
  const charts = chartsByPlace.get(parentElement);
  if (charts) charts.update(data);
  else chartsByPlace.set(parentElement, new LiveCharts(parentElement, data));
}

const MIN_LEVEL_DB = -60;
const PITCH_RANGE_HZ = [60, 500];
const MIN_NAMED_SHARE = 0.15;
const HEIGHT_PX = { answers: 208, mel: 168, pitch: 148, level: 108 };
const MARGIN_PX = 6;
// From one name at the ends of the lines to the next.
const NAME_PX = 14;
// The time axis below each chart, in seconds before the present, and the scale at its left edge: [share, text].
const AXIS_PX = 18;
const TIMES_S = [30, 20, 10, 0];
const PITCHES_HZ = [100, 200, 400];
const LEVELS_DB = [-60, -30, 0];
const SHARES = [0, 0.5, 1];
const TITLES = {
  answers: "Which emotion it sounds like, the last 30 seconds",
  mel: "Mel spectrogram: which frequencies sound when; low at the bottom, bright is loud",
  pitch: "Pitch, 60 to 500 Hz: how high the voice is",
  level: "Loudness, -60 to 0 dB",
};

class LiveCharts {
  constructor(place, data) {
    this.place = place;
    this.listeners = new AbortController();
    window.addEventListener("live-data", () => this.addData(globalThis.liveData), { signal: this.listeners.signal });
    this.resizeObserver = new ResizeObserver(() => this.draw());
    this.painters = {
      answers: this.drawAnswers.bind(this),
      mel: this.drawMel.bind(this),
      pitch: this.drawPitch.bind(this),
      level: this.drawLevel.bind(this),
    };
    this.problem = "";
    this.clear("");
    this.settings = data;
    this.heat = heatPixels(data.heat_colours);
    this.update(data);
    this.watchMicrophone();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  close() {
    chartsByPlace.delete(this.place);
    this.listeners.abort();
    this.resizeObserver.disconnect();
  }

  update(settings) {
    // Streamlit may show the settings of an earlier run again: these are ignored.
    if (settings.sent_s < this.settings.sent_s) return;
    this.settings = settings;
    this.stoppedStreamId = settings.is_running ? null : this.streamId;
    this.attach();
    this.draw();
    styleStartButton(this.root, settings.button_style);
  }

  // Use the HTML that is on the page now, and build the elements that the settings need.
  attach() {
    const root = this.place.querySelector(".live-charts");
    const layout = JSON.stringify(this.settings.emotions) + this.settings.is_classroom;
    const isNewRoot = root && root !== this.root;
    if (isNewRoot) {
      this.root = root;
      this.resizeObserver.disconnect();
      this.resizeObserver.observe(root);
      this.showProblem(this.problem);
    }
    if (isNewRoot || layout !== this.layout) this.build();
    this.layout = layout;
    this.find(".running").hidden = !this.settings.is_running;
  }

  build() {
    const { emotions, is_classroom } = this.settings;
    const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
    this.bars = is_classroom ? [] : emotions.map(([label, face, colour]) => {
      const row = make("div", { className: "bar" });
      const bar = make("div", {});
      bar.style.background = colour;
      const percent = make("output", { textContent: "" });
      const track = make("span", {});
      track.append(bar);
      const name = make("span", { className: "name", textContent: label });
      name.prepend(make("img", { src: face, alt: "" }));
      row.append(name, track, percent);
      return { row, bar, percent };
    });
    this.find(".bars").replaceChildren(...this.bars.map(({ row }) => row));
    this.canvases = {};
    const figures = (is_classroom ? ["mel", "pitch", "level"] : ["answers", "mel"]).map((name) => {
      const figure = make("figure", {});
      const canvas = make("canvas", { className: name, role: "img" });
      canvas.setAttribute("aria-label", TITLES[name]);
      canvas.style.height = `${HEIGHT_PX[name]}px`;
      this.canvases[name] = canvas;
      figure.append(make("figcaption", { textContent: TITLES[name] }), canvas);
      return figure;
    });
    this.find(".figures").replaceChildren(...figures);
  }

  // New data

  clear(streamId) {
    this.streamId = streamId;
    this.columns = [];
    this.answers = [];
    this.now_s = 0;
  }

  addData(data) {
    if (!this.place.isConnected) {
      this.close();
      return;
    }
    // Data of a stream that was stopped may still arrive.
    if (data.stream_id === this.stoppedStreamId) return;
    if (data.stream_id !== this.streamId) this.clear(data.stream_id);
    // Data is sent only while a stream runs. It may arrive before the settings with is_running.
    this.settings = { ...this.settings, is_running: true };
    this.attach();
    const { n_mels, column_s, shown_s } = this.settings;
    const mel = Uint8Array.from(atob(data.mel), (letter) => letter.charCodeAt(0));
    const nextColumn = (this.columns.at(-1)?.number ?? -1) + 1;
    data.levels.forEach((level_db, index) => {
      const number = data.first_column + index;
      if (number < nextColumn) return;
      const bands = mel.subarray(index * n_mels, (index + 1) * n_mels);
      this.columns.push({ number, bands, level_db, pitch_hz: data.pitches[index] });
    });
    const lastAnswer_s = this.answers.at(-1)?.[0] ?? -1;
    this.answers.push(...data.answers.filter(([time_s]) => time_s > lastAnswer_s));
    this.now_s = data.now_s;
    this.columns = this.columns.filter(({ number }) => number * column_s > this.now_s - shown_s);
    this.answers = this.answers.filter(([time_s]) => time_s > this.now_s - shown_s);
    this.showLevel(data.level_db);
    this.showBars(data.is_current);
    this.draw();
  }

  showLevel(level_db) {
    const share = Math.min(Math.max(1 - level_db / MIN_LEVEL_DB, 0), 1);
    const meter = this.find(".meter");
    meter.firstElementChild.style.width = `${100 * share}%`;
    meter.setAttribute("aria-valuenow", Math.round(Math.max(level_db, MIN_LEVEL_DB)));
    this.find(".level").textContent = share ? `${Math.round(level_db)} dB` : "silent";
  }

  // Show the newest answer; faded if it is of earlier speech.
  showBars(isCurrent) {
    const newest = this.answers.findLast(([, shares]) => shares);
    this.find(".bars").classList.toggle("waiting", !isCurrent);
    this.bars.forEach(({ bar, percent }, index) => {
      const share = newest?.[1][index] ?? 0;
      bar.style.width = `${100 * share}%`;
      percent.textContent = newest ? `${Math.round(100 * share)}%` : "";
    });
  }

  // Drawing: time runs to the right, the present is at the right edge

  draw() {
    if (!this.settings?.is_running) return;
    const style = getComputedStyle(this.root);
    const themeColour = (name) => style.getPropertyValue(`--st-${name}`).trim();
    this.lineColour = themeColour("primary-color");
    this.textColour = themeColour("text-color");
    this.groundColour = themeColour("background-color");
    this.font = `12px ${style.fontFamily}`;
    this.panelColour = themeColour("secondary-background-color");
    for (const [name, canvas] of Object.entries(this.canvases)) {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      if (!width) continue;
      const scale = window.devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * scale)) {
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
      }
      const context = canvas.getContext("2d");
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      context.fillStyle = name === "mel" ? this.settings.heat_colours[0][1] : this.panelColour;
      const chartHeight = height - AXIS_PX;
      context.fillRect(0, 0, width, chartHeight);
      context.font = this.font;
      this.painters[name](context, width, chartHeight);
      this.drawScales(context, width, chartHeight, this.scale(name, chartHeight));
    }
  }

  // The texts at the left edge of a chart: [distance from the top in pixels, text].
  scale(name, height) {
    const at = (share, text) => [this.y(share, height), text];
    switch (name) {
      case "answers": return SHARES.map((share) => at(share, `${100 * share}%`));
      // The spectrogram has no margin.
      case "mel": return this.settings.mel_ticks.map(([share, text]) => [height * (1 - share), text]);
      case "pitch": return PITCHES_HZ.map((hz) => at(pitchShare(hz), `${hz} Hz`));
      default: return LEVELS_DB.map((level_db) => at(1 - level_db / MIN_LEVEL_DB, `${level_db} dB`));
    }
  }

  drawScales(context, width, height, ticks) {
    const label = (text, left, middle) => {
      const textWidth = context.measureText(text).width;
      const x = Math.min(Math.max(left, 2), width - textWidth - 2);
      // A background in the page's colour, so that the text can be read over any picture.
      context.globalAlpha = 0.8;
      context.fillStyle = this.groundColour;
      context.fillRect(x - 2, middle - 8, textWidth + 4, 16);
      context.globalAlpha = 1;
      context.fillStyle = this.textColour;
      context.fillText(text, x, middle + 4);
    };
    for (const [top, text] of ticks) label(text, 2, Math.min(Math.max(top, 8), height - 8));
    for (const before_s of TIMES_S) {
      const x = width * (1 - before_s / this.settings.shown_s);
      context.globalAlpha = 0.35;
      context.fillStyle = this.textColour;
      context.fillRect(Math.min(x, width - 1), height, 1, 4);
      context.globalAlpha = 1;
      label(before_s ? `-${before_s} s` : "now", x - 12, height + 10);
    }
  }

  x(time_s, width) {
    return width * (1 - (this.now_s - time_s) / this.settings.shown_s);
  }

  y(share, height) {
    return height - MARGIN_PX - share * (height - 2 * MARGIN_PX);
  }

  drawAnswers(context, width, height) {
    const names = [];
    this.settings.emotions.forEach(([label, , colour], index) => {
      const points = this.answers.map(([time_s, shares]) => [time_s, shares ? shares[index] : null]);
      this.drawLine(context, width, height, points, colour);
      // The name at the end of a line is for people who cannot see the colours apart.
      const [time_s, share] = points.at(-1) ?? [0, null];
      if (share > MIN_NAMED_SHARE) {
        const left = Math.min(this.x(time_s, width) + 2, width - context.measureText(label).width - 2);
        names.push({ label, left, base: this.y(share, height) - 6 });
      }
    });
    // An edge in the chart's own colour separates the names from the lines, which are all behind them.
    context.lineWidth = 4;
    context.strokeStyle = this.panelColour;
    context.fillStyle = this.textColour;
    names.sort((first, second) => first.base - second.base);
    let above = -Infinity;
    for (const { label, left, base } of names) {
      // Lines can meet, their names must not.
      above = Math.max(base, above + NAME_PX);
      context.strokeText(label, left, above);
      context.fillText(label, left, above);
    }
  }

  drawMel(context, width, height) {
    const { n_mels, column_s } = this.settings;
    const nColumns = this.columns.length;
    if (!nColumns) return;
    const pixels = new ImageData(nColumns, n_mels);
    this.columns.forEach(({ bands }, x) => {
      for (let band = 0; band < n_mels; band++) {
        pixels.data.set(this.heat.subarray(4 * bands[band], 4 * bands[band] + 4), 4 * ((n_mels - 1 - band) * nColumns + x));
      }
    });
    const image = new OffscreenCanvas(nColumns, n_mels);
    image.getContext("2d").putImageData(pixels, 0, 0);
    const left = this.x(this.columns[0].number * column_s, width);
    const right = this.x((this.columns.at(-1).number + 1) * column_s, width);
    context.drawImage(image, left, 0, right - left, height);
  }

  drawPitch(context, width, height) {
    const points = this.columns.map(({ number, pitch_hz }) => [
      number * this.settings.column_s,
      pitch_hz && pitchShare(pitch_hz),
    ]);
    this.drawLine(context, width, height, points, this.lineColour);
  }

  drawLevel(context, width, height) {
    const points = this.columns.map(({ number, level_db }) => [
      number * this.settings.column_s,
      Math.max(1 - level_db / MIN_LEVEL_DB, 0),
    ]);
    this.drawLine(context, width, height, points, this.lineColour);
  }

  // Draw a line through points [time in seconds, share of the height], with gaps where the share is null.
  drawLine(context, width, height, points, colour) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.beginPath();
    let isPenDown = false;
    for (const [time_s, share] of points) {
      if (share !== null) {
        const [x, y] = [this.x(time_s, width), this.y(share, height)];
        // Moving to the left of the point makes a point between two gaps visible, as a short dash.
        if (!isPenDown) context.moveTo(x - 1, y);
        context.lineTo(x, y);
      }
      isPenDown = share !== null;
    }
    context.stroke();
  }

  // The microphone

  async watchMicrophone() {
    if (!window.isSecureContext || !navigator.mediaDevices) {
      this.showProblem("Browsers allow the microphone only on secure pages: open this page by its https address, or upload a recording.");
      return;
    }
    const hasMicrophone = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.some(({ kind }) => kind === "audioinput");
    };
    let permission = null;
    const check = async () => {
      if (permission?.state === "denied") {
        this.showProblem("The browser does not let this page use the microphone. Click the symbol next to the page's address, allow the microphone, and start again. Or upload a recording.");
      } else if (await hasMicrophone()) this.showProblem("");
      else this.showProblem("No microphone was found: plug one in. Or upload a recording, or choose a sample.");
    };
    navigator.mediaDevices.addEventListener("devicechange", check, { signal: this.listeners.signal });
    try {
      permission = await navigator.permissions.query({ name: "microphone" });
      permission.addEventListener("change", check, { signal: this.listeners.signal });
    } catch {
      // This browser does not report the permission. It asks for it at the start of a stream.
    }
    check();
  }

  showProblem(text) {
    this.problem = text;
    const paragraph = this.find(".problem");
    paragraph.textContent = text;
    paragraph.hidden = !text;
  }
}

// Gives the start button the app's typeface and shape, and under the mouse colours that can be read. It is in a frame of
// its own, in a document of this server.
function styleStartButton(root, { font, font_file, radius, target }) {
  const frame = document.querySelector("iframe[title*=webrtc]");
  if (!frame) return;
  const write = () => {
    const page = frame.contentDocument;
    if (!page?.head) return;
    const written = page.querySelector("style.app-style");
    const style = written ?? Object.assign(page.createElement("style"), { className: "app-style" });
    // The colours of the theme, which the visitor may change.
    const theme = getComputedStyle(root);
    const colour = (name) => theme.getPropertyValue(`--st-${name}-color`);
    style.textContent = `
      @font-face { font-family: "${font}"; src: url("${fromServer(font_file)}"); font-weight: 200 800; }
      button.MuiButton-root {
        min-height: ${target};
        padding: 0 1rem;
        font: 600 1rem "${font}", sans-serif;
        letter-spacing: normal;
        text-transform: none;
        border-radius: ${radius};
      }
      button.MuiButton-contained:hover {
        color: ${colour("background")};
        background: color-mix(in srgb, ${colour("primary")} 85%, ${colour("text")});
      }
      @media (prefers-reduced-motion: reduce) {
        * { transition: none !important; animation: none !important; }
      }`;
    if (!written) page.head.append(style);
    // streamlit-webrtc gives the frame the height of its own, lower button, with 8 px above and below it.
    frame.style.minHeight = `calc(${target} + 16px)`;
  };
  frame.onload = write;
  write();
}

// Where a pitch is drawn, as a share of the height.
function pitchShare(pitch_hz) {
  const [low, high] = PITCH_RANGE_HZ.map(Math.log);
  return (Math.log(pitch_hz) - low) / (high - low);
}

// The colours of the 256 levels, as a row of pixels: four bytes for each.
function heatPixels(stops) {
  const context = new OffscreenCanvas(256, 1).getContext("2d");
  const gradient = context.createLinearGradient(0.5, 0, 255.5, 0);
  for (const [position, colour] of stops) gradient.addColorStop(position, colour);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 256, 1);
  return context.getImageData(0, 0, 256, 1).data;
}
