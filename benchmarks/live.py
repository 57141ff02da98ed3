"""The Live page in Chromium, whose microphone plays a voice: delay from sound to screen, and cost for the server."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import Page

from benchmarks import page_timing
from benchmarks.measurement import Measurement, Setting
from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio
from tests.harness.app_server import running_app
from tests.harness.browsing import start_listening
from tests.harness.chromium import running_chromium, write_microphone_file

SUBJECT = "live"

_PAUSE_S = 3.0
_REPEATS_PER_PROCESS = 3
_CPU_WINDOW_S = 5.0

# Amplitude above which a voice has begun; full scale is 1.
_LOUD = 0.02

# Notes the times when a voice begins in the microphone, when the page's loudness meter rises, and when the heading
# changes to an answer. All times are on the same clock.
_WATCH = (
    f"const LOUD = {_LOUD};"
    + """
window.top.voiceBegan ??= [];
if (window !== window.top) {
    const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        const context = new AudioContext();
        const analyser = new AnalyserNode(context, { fftSize: 512, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(analyser);
        const samples = new Float32Array(analyser.fftSize);
        let quietSince = Infinity;
        setInterval(() => {
            analyser.getFloatTimeDomainData(samples);
            const isLoud = Math.max(...samples.map(Math.abs)) > LOUD;
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
    const findMeter = () => {
        const find = (root) => root.querySelector('.meter')
            ?? [...root.querySelectorAll('*')].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
        return find(document);
    };
    let meter = null;
    const look = () => {
        if (!meter?.isConnected) meter = document.body && findMeter();
        const isLoud = Number(meter?.getAttribute('aria-valuenow') ?? -60) > -50;
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

# The times from each beginning of the voice to the first event after it, from the list with a name.
_DELAYS_MS = """(name) => window.voiceBegan
    .map((began) => window[name].find((time) => time >= began) - began)
    .filter(Number.isFinite)"""


def measure(setting: Setting) -> list[Measurement]:
    """Return the delay of the meter and of the heading after a voice, and the server's processor time for a stream."""
    n_delays = _REPEATS_PER_PROCESS * setting.processes
    with tempfile.TemporaryDirectory() as folder:
        microphone = _voice_after_silence(setting.voice, Path(folder))
        with running_chromium(microphone) as browser, running_app() as server:
            page = page_timing.new_visitor(browser, script=_WATCH, permissions=("microphone",))
            page.goto(f"{server.url}/live")
            start_listening(page, page_timing.TIMEOUT_MS)
            meter_ms, answer_ms = (_delays_ms(page, name, n_delays) for name in ("meterRose", "headingChanged"))
            process = psutil.Process(server.pid)
            shares = tuple(_percent_of_a_core(process, page) for _ in range(setting.processes))
            page.context.close()
    return [
        Measurement(SUBJECT, "meter", "From a voice to the loudness meter", "ms", meter_ms, 700.0),
        Measurement(SUBJECT, "answer", "From a voice to its first answer", "ms", answer_ms, 700.0),
        Measurement(SUBJECT, "core", "Share of one core that the server needs for one stream", "%", shares),
    ]


def _voice_after_silence(voice: Path, folder: Path) -> Path:
    samples = load_audio(voice).samples
    # Without the quiet beginning of the recording: the page may answer to a breath, before the voice counts as begun.
    samples = samples[np.argmax(np.abs(samples) > _LOUD) :]
    silence = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), dtype=np.float32)
    return write_microphone_file(folder / "microphone.wav", np.concatenate([silence, samples]))


def _percent_of_a_core(process: psutil.Process, page: Page) -> float:
    """Return the processor time of a process over some seconds, in percent of one core."""
    process.cpu_percent()
    page.wait_for_timeout(1000.0 * _CPU_WINDOW_S)
    return process.cpu_percent()


def _delays_ms(page: Page, name: str, n_delays: int) -> tuple[float, ...]:
    page.wait_for_function(
        f"([name, count]) => ({_DELAYS_MS})(name).length >= count",
        arg=[name, n_delays],
        timeout=3 * page_timing.TIMEOUT_MS,
    )
    return tuple(float(delay_ms) for delay_ms in page.evaluate(_DELAYS_MS, name))
