// The synced player: draws a Plotly figure, plays the clip, and moves one cursor over all panels.
//
// Streamlit calls the default export on every rerun and on every change of theme. The state that must survive this (the
// sound, the zoom, the position) belongs to a Player; there is one Player per element of the page.

const players = new WeakMap();

export default function render({ data, parentElement }) {
  if (!players.has(parentElement)) {
    players.set(parentElement, new Player(parentElement.querySelector(".synced-player")));
  }
  players.get(parentElement).show(data);
  return () => {
    players.get(parentElement)?.close();
    players.delete(parentElement);
  };
}

const NARROW_PX = 600;
// A press that moves less than this is a click, not a drag.
const CLICK_PX = 5;
// An arrow key seeks by this share of the visible time range.
const ARROW_SHARE = 0.05;
const MIN_SPAN_S = 0.05;

class Player {
  constructor(root) {
    this.root = root;
    this.audio = root.querySelector("audio");
    this.stage = root.querySelector(".sp-stage");
    this.plot = root.querySelector(".sp-plot");
    this.cursor = root.querySelector(".sp-cursor");
    this.clock = root.querySelector(".sp-clock");
    this.data = null;
    this.drawn = "";
    this.isNarrow = false;
    this.listeners = new AbortController();
    this.listen();
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(this.stage);
  }

  listen() {
    const on = (target, kinds, handler, options = {}) => {
      for (const kind of kinds.split(" ")) {
        target.addEventListener(kind, handler, { signal: this.listeners.signal, ...options });
      }
    };
    on(this.root, "click", (event) => {
      const action = event.target.closest("[data-do]")?.dataset.do;
      if (action) this[action]();
    });
    on(this.root, "keydown", (event) => this.handleKey(event));
    on(this.root.querySelector("select"), "change", (event) => {
      this.audio.playbackRate = Number(event.target.value);
    });
    // While a button is down, Plotly covers the page with an element of its own, so only the window receives pointerup.
    on(this.plot, "pointerdown", (event) => { this.pressed = event; }, { capture: true });
    on(window, "pointerup", (event) => this.handleRelease(event), { capture: true });
    on(this.audio, "play pause ended", () => this.showState());
    on(this.audio, "play", () => this.follow());
    on(this.audio, "timeupdate seeked loadedmetadata pause", () => this.showPosition());
    on(this.audio, "error", () => this.showTrouble("The sound cannot be loaded. Load the page again, or choose the clip again."));
  }

  close() {
    this.listeners.abort();
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    window.Plotly?.purge(this.plot);
  }

  show(data) {
    if (data.audio_url !== this.data?.audio_url) {
      this.audio.src = fromServer(data.audio_url);
    }
    this.data = data;
    // The figure has this height when Plotly is loaded.
    this.stage.style.minHeight = `${data.figure.layout.height}px`;
    this.root.classList.add("is-ready");
    this.draw();
  }

  // Drawing

  async draw() {
    const colours = themeColours(this.root);
    this.isNarrow = this.stage.clientWidth < NARROW_PX;
    const drawingKey = [this.data.figure_id, this.isNarrow, ...Object.values(colours)].join();
    if (drawingKey === this.drawn) return;
    this.drawn = drawingKey;
    try {
      await loadPlotly(fromServer(this.data.plotly_url));
    } catch {
      this.drawn = "";
      this.showTrouble("The drawings cannot be loaded. Load the page again.");
      return;
    }
    // A newer call may have started while this one waited for Plotly.
    if (drawingKey !== this.drawn || this.listeners.signal.aborted) return;
    const { data, layout } = this.data.figure;
    const traces = data.map((trace) => (trace.type === "heatmap" ? { ...trace, showscale: !this.isNarrow } : trace));
    await window.Plotly.react(this.plot, traces, this.themed(structuredClone(layout), colours), {
      displayModeBar: false,
      doubleClick: "reset",
    });
    // Plotly draws a new layout in the old size, for example after a phone was turned.
    if (this.plot._fullLayout.width !== this.stage.clientWidth) await window.Plotly.Plots.resize(this.plot);
    if (!this.isListening) {
      this.isListening = true;
      this.plot.on("plotly_relayout", () => this.showPosition());
    }
    this.showPosition();
  }

  themed(layout, colours) {
    // On a touch screen a figure that can be dragged blocks scrolling the page: there, only the buttons zoom.
    layout.dragmode = window.matchMedia("(pointer: coarse)").matches ? false : "zoom";
    // Plotly keeps the zoom while this value is the same: the same clip may be drawn again, with other panels for example.
    layout.uirevision = this.data.audio_url;
    layout.paper_bgcolor = "transparent";
    layout.plot_bgcolor = "transparent";
    layout.font = { color: colours.text, family: colours.font, size: 12 };
    layout.hoverlabel = { bgcolor: colours.panel, bordercolor: colours.line, font: { color: colours.text } };
    for (const [name, axis] of Object.entries(layout)) {
      if (/^[xy]axis/.test(name)) Object.assign(axis, { gridcolor: colours.line, linecolor: colours.line });
    }
    if (this.isNarrow) {
      // A narrow screen has no room for the units after the titles. The explainers name the units too.
      for (const note of layout.annotations ?? []) note.text = note.text.replace(/;.*$/, "");
      layout.margin.l = 42;
    }
    return layout;
  }

  resize() {
    if (!this.plot.data) return;
    if (this.stage.clientWidth < NARROW_PX !== this.isNarrow) this.draw();
    else window.Plotly.Plots.resize(this.plot).then(() => this.showPosition());
  }

  // The position in the clip

  get range() {
    return this.plot._fullLayout?.xaxis?.range ?? [0, this.data.duration_s];
  }

  seek(time_s) {
    this.audio.currentTime = Math.min(Math.max(time_s, 0), this.data.duration_s);
    this.showPosition();
  }

  follow() {
    cancelAnimationFrame(this.frame);
    const step = () => {
      this.turnPage();
      this.placeCursor();
      if (!this.audio.paused && !this.audio.ended) this.frame = requestAnimationFrame(step);
    };
    step();
  }

  // When the figure is zoomed in and the sound leaves the visible range, show the next range.
  turnPage() {
    const now_s = this.audio.currentTime;
    const [from_s, to_s] = this.range;
    const wasVisible = this.last_s >= from_s && this.last_s <= to_s;
    this.last_s = now_s;
    if (wasVisible && now_s > to_s && now_s < this.data.duration_s) this.showRange(to_s, 2 * to_s - from_s);
  }

  placeCursor() {
    const layout = this.plot._fullLayout;
    if (!layout?.xaxis) return;
    const now_s = this.audio.currentTime;
    const [from_s, to_s] = layout.xaxis.range;
    const share = (now_s - from_s) / (to_s - from_s);
    this.cursor.hidden = share < 0 || share > 1;
    this.cursor.style.height = `${layout._size.t + layout._size.h}px`;
    this.cursor.style.transform = `translateX(${layout.xaxis._offset + share * layout.xaxis._length}px)`;
    this.clock.textContent = `${now_s.toFixed(2)} s of ${this.data.duration_s.toFixed(2)} s`;
  }

  showPosition() {
    if (!this.data) return;
    this.last_s = this.audio.currentTime;
    this.placeCursor();
    this.stage.setAttribute("aria-valuemax", this.data.duration_s.toFixed(2));
    this.stage.setAttribute("aria-valuenow", this.audio.currentTime.toFixed(2));
    this.stage.setAttribute("aria-valuetext", this.clock.textContent);
  }

  showState() {
    const isPlaying = !this.audio.paused && !this.audio.ended;
    const button = this.root.querySelector(".sp-play");
    button.querySelector("span").textContent = isPlaying ? "❚❚" : "▶\uFE0E";
    button.querySelector("b").textContent = isPlaying ? "Pause" : "Play";
    button.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
  }

  // Actions of the buttons, named by their data-do attribute

  toggle() {
    if (this.audio.paused) {
      this.audio.play().catch((error) => {
        // AbortError: the sound was paused before it started, which is not an error for the visitor.
        if (error.name !== "AbortError") this.showTrouble("The browser cannot play this clip.");
      });
    } else {
      this.audio.pause();
    }
  }

  zoomIn() { this.zoom(0.5); }

  zoomOut() { this.zoom(2); }

  showAll() { this.showRange(0, this.data.duration_s); }

  savePng() { this.save("png"); }

  saveSvg() { this.save("svg"); }

  zoom(factor) {
    const [from_s, to_s] = this.range;
    const now_s = this.audio.currentTime;
    const middle_s = now_s >= from_s && now_s <= to_s ? now_s : (from_s + to_s) / 2;
    const half_s = Math.max((to_s - from_s) * factor, MIN_SPAN_S) / 2;
    this.showRange(middle_s - half_s, middle_s + half_s);
  }

  showRange(from_s, to_s) {
    const span_s = Math.min(to_s - from_s, this.data.duration_s);
    const start_s = Math.min(Math.max(from_s, 0), this.data.duration_s - span_s);
    window.Plotly?.relayout(this.plot, { "xaxis.range": [start_s, start_s + span_s] });
  }

  save(format) {
    const { data, layout } = this.plot;
    // The shown size: Plotly.Plots.resize removes the height from the layout, and 450 px would be used instead.
    const { width, height } = this.plot._fullLayout;
    const background = themeColours(this.root).background;
    window.Plotly.downloadImage(
      { data, layout: { ...layout, paper_bgcolor: background } },
      { format, filename: this.data.image_name, width, height, scale: format === "png" ? 2 : 1 },
    );
  }

  // Mouse and keys

  handleRelease(event) {
    const pressed = this.pressed;
    this.pressed = null;
    if (!pressed || pressed.button !== 0 || event.pointerId !== pressed.pointerId) return;
    if (Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > CLICK_PX) return;
    const { xaxis, _size: size } = this.plot._fullLayout;
    const box = this.plot.getBoundingClientRect();
    const share = (event.clientX - box.left - xaxis._offset) / xaxis._length;
    const y_px = event.clientY - box.top;
    if (share < 0 || share > 1 || y_px > size.t + size.h) return;
    this.stage.focus({ preventScroll: true });
    const [from_s, to_s] = this.range;
    this.seek(from_s + share * (to_s - from_s));
  }

  handleKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [from_s, to_s] = this.range;
    const arrow_s = ARROW_SHARE * (to_s - from_s);
    const actions = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.seek(this.audio.currentTime - arrow_s),
      ArrowRight: () => this.seek(this.audio.currentTime + arrow_s),
      Home: () => this.seek(0),
      End: () => this.seek(this.data.duration_s),
      "+": () => this.zoomIn(),
      "-": () => this.zoomOut(),
      0: () => this.showAll(),
    };
    // The space bar presses a focused button, and the list of speeds uses the keys itself.
    const isButton = event.target.closest("button") && event.key === " ";
    if (!(event.key in actions) || isButton || event.target.closest("select")) return;
    event.preventDefault();
    event.stopPropagation();
    actions[event.key]();
  }

  showTrouble(message) {
    const element = this.root.querySelector(".sp-trouble");
    element.textContent = message;
    element.hidden = false;
  }
}

// Plotly has 1.4 MB, compressed. It is fetched once per visit from this server and is not sent with a rerun.
let plotlyLoading = null;

function loadPlotly(url) {
  if (window.Plotly) return Promise.resolve();
  plotlyLoading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = resolve;
    script.onerror = () => {
      plotlyLoading = null;
      reject(new Error("Plotly did not load"));
    };
    document.head.append(script);
  });
  return plotlyLoading;
}

function themeColours(root) {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--st-${name}`).trim();
  return {
    text: colour("text-color"),
    background: colour("background-color"),
    panel: colour("secondary-background-color"),
    line: colour("border-color"),
    font: colour("font"),
  };
}
