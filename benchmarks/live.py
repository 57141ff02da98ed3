"""The Live page in Chromium, whose microphone plays a voice: from sound to screen, and what it costs the server."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import FrameLocator, Page

from benchmarks import visiting
from benchmarks.runner import Figure, Setting

SUBJECT = "live"

READY = "Start listening"

_PAUSE_S = 3.0
_TIMES_PER_VISIT = 3
_LOOKED_AT_S = 5.0

# Full scale is 1.
_LOUD = 0.02

# Notes when a voice begins in the microphone, and when the page shows it: the loudness meter, and the heading. All by
# one clock.
_WATCH = (
    f"const LOUD = {_LOUD};"
    + """
window.top.voiceBegan ??= [];
if (window !== window.top) {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        const context = new AudioContext();
        const analyser = new AnalyserNode(context, { fftSize: 512, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(analyser);
        const heard = new Float32Array(analyser.fftSize);
        let quietSince = Infinity;
        setInterval(() => {
            analyser.getFloatTimeDomainData(heard);
            const isLoud = Math.max(...heard.map(Math.abs)) > LOUD;
            if (isLoud && Date.now() - quietSince > 1500) window.top.voiceBegan.push(Date.now());
            if (isLoud) quietSince = Infinity;
            else quietSince = Math.min(quietSince, Date.now());
        }, 5);
        return stream;
    };
} else {
    window.meterRose = [];
    window.headingChanged = [];
    let wasLoud = false, wasWaiting = false;
    const meter = () => {
        const find = (root) => root.querySelector('.meter')
            ?? [...root.querySelectorAll('*')].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
        return find(document);
    };
    let found = null;
    const look = () => {
        if (!found?.isConnected) found = document.body && meter();
        const isLoud = Number(found?.getAttribute('aria-valuenow') ?? -60) > -50;
        if (isLoud && !wasLoud) window.meterRose.push(Date.now());
        wasLoud = isLoud;
        const heading = document.querySelector('h3')?.innerText ?? '';
        const isAnswer = heading.startsWith('Sounds like') || heading.startsWith('Not sure');
        if (isAnswer && wasWaiting) window.headingChanged.push(Date.now());
        if (isAnswer) wasWaiting = false;
        if (heading.startsWith('Waiting')) wasWaiting = true;
        requestAnimationFrame(look);
    };
    look();
}
"""
)

# From each time that the voice began to the first moment of a list after it.
_DELAYS_MS = """(name) => window.voiceBegan
    .map((began) => window[name].find((at) => at >= began) - began)
    .filter(Number.isFinite)"""


def measure(setting: Setting) -> list[Figure]:
    """Return how long the meter and the heading take to follow a voice, and what a stream costs the server."""
    wanted = _TIMES_PER_VISIT * setting.processes
    with tempfile.TemporaryDirectory() as folder:
        wav = _voice_after_silence(setting.voice, Path(folder))
        with visiting.chromium(wav) as browser, visiting.running_app() as server:
            page = visiting.new_visitor(browser, script=_WATCH, permissions=("microphone",))
            page.goto(f"{server.url}/live")
            start(page)
            found = {name: _delays_ms(page, name, wanted) for name in ("meterRose", "headingChanged")}
            process = psutil.Process(server.pid)
            shares = tuple(_percent_of_a_core(process, page) for _ in range(setting.processes))
            page.context.close()
    return [
        Figure(SUBJECT, "meter", "From a voice to the loudness meter", "ms", found["meterRose"], 700.0),
        Figure(SUBJECT, "answer", "From a voice to its first answer", "ms", found["headingChanged"], 700.0),
        Figure(SUBJECT, "core", "Of one core, what the server takes for one stream", "%", shares),
    ]


def controls(page: Page) -> FrameLocator:
    """Return the frame that the start and stop button is in."""
    return page.frame_locator("iframe[title*=webrtc]")


def start(page: Page) -> None:
    """Click on the start button when it is there."""
    controls(page).get_by_role("button", name=READY).click(timeout=visiting.WAIT_MS)


def write_microphone(path: Path, samples: np.ndarray) -> Path:
    """Write what a microphone hears as Chromium takes it.

    Parameters
    ----------
    path : Path
        Of the WAV file.
    samples : np.ndarray [shape=(n,)]
        16 kHz mono.
    """
    import soundfile
    import soxr

    soundfile.write(path, soxr.resample(samples, 16_000, 48_000), 48_000, subtype="PCM_16")
    return path


def _voice_after_silence(voice: Path, folder: Path) -> Path:
    from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio

    samples = load_audio(voice).samples
    # It begins at once: the page answers to a breath, too, which would be before the voice is taken to have begun.
    samples = samples[np.argmax(np.abs(samples) > _LOUD) :]
    silence = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), dtype=np.float32)
    return write_microphone(folder / "microphone.wav", np.concatenate([silence, samples]))


def _percent_of_a_core(process: psutil.Process, page: Page) -> float:
    """Return how busy a process is while a page is looked at."""
    process.cpu_percent()
    page.wait_for_timeout(1000.0 * _LOOKED_AT_S)
    return process.cpu_percent()


def _delays_ms(page: Page, name: str, wanted: int) -> tuple[float, ...]:
    page.wait_for_function(
        f"([name, wanted]) => ({_DELAYS_MS})(name).length >= wanted", arg=[name, wanted], timeout=3 * visiting.WAIT_MS
    )
    return tuple(float(each) for each in page.evaluate(_DELAYS_MS, name))
