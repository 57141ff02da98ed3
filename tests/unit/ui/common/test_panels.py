"""The panels of a clip: units, thinning, and unusual clips."""

from __future__ import annotations

import base64
import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.features.extraction import Features, extract_features
from ui.common.panels import BY_KEY, FLOOR_DB, MAX_COLUMNS, PANELS, PITCH_CLASSES, Drawing
from ui.common.thinning import column_max, column_mean, frames_per_column, waveform_outline
from ui.explore.stacked_figure import stacked_figure


def noise(duration_s: float) -> np.ndarray:
    n = int(duration_s * SAMPLE_RATE_HZ)
    return np.random.default_rng(7).normal(0.0, 0.1, n).astype(np.float32)


def pure_tone(pitch_hz: float, duration_s: float = 1.0, amplitude: float = 0.5) -> np.ndarray:
    time_s = np.arange(int(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (amplitude * np.sin(2.0 * np.pi * pitch_hz * time_s)).astype(np.float32)


def analysed(samples: np.ndarray) -> tuple[Audio, Features]:
    audio = from_samples(samples, SAMPLE_RATE_HZ)
    return audio, extract_features(audio)


def drawn(key: str, samples: np.ndarray) -> Drawing:
    return BY_KEY[key].draw(*analysed(samples))


def long_features(n_frames: int) -> Features:
    """Return random features of a clip of any length, which takes no time to compute."""
    rng = np.random.default_rng(5)
    return Features(
        time_s=np.arange(n_frames) * 0.016,
        zero_crossing_rate=rng.random(n_frames),
        chroma=rng.random((12, n_frames)),
        mfcc=rng.normal(size=(20, n_frames)),
        mel_power=rng.random((128, n_frames)),
        mel_centres_hz=np.linspace(50.0, 7900.0, 128),
        rms=rng.random(n_frames),
        pitch_hz=rng.uniform(80.0, 300.0, n_frames),
    )


@pytest.mark.parametrize("pitch_hz", [220.0, 440.0])
def test_a_pure_tone_is_that_pitch_and_that_pitch_class(pitch_hz: float) -> None:
    samples = pure_tone(pitch_hz)
    pitch = drawn("pitch", samples).trace
    np.testing.assert_allclose(np.asarray(pitch["y"])[3:-3], pitch_hz, rtol=0.01)
    chroma = np.asarray(drawn("chroma", samples).trace["z"])
    strongest = chroma[:, 5:-5].argmax(axis=0)
    assert {PITCH_CLASSES[row] for row in strongest} == {"A"}
    assert chroma.max() == 100


def test_units_are_physical() -> None:
    samples = pure_tone(440.0)
    crossings = np.asarray(drawn("zcr", samples).trace["y"])
    np.testing.assert_allclose(crossings[5:-5], 880.0, atol=20.0)
    level_db = np.asarray(drawn("rms", samples).trace["y"])
    assert level_db[len(level_db) // 2] == pytest.approx(20.0 * np.log10(0.5 / np.sqrt(2.0)), abs=0.1)
    mel = drawn("mel", samples).trace
    loudest_band = np.asarray(mel["z"])[:, 30].argmax()
    assert mel["y"][loudest_band].endswith(" Hz")
    assert float(mel["y"][loudest_band].removesuffix(" Hz").replace(",", "")) == pytest.approx(440.0, abs=25.0)
    assert np.asarray(mel["z"]).max() == 0


def test_silence_is_drawn_with_a_note_that_it_has_no_pitch() -> None:
    drawings = {panel.key: panel.draw(*analysed(np.zeros(SAMPLE_RATE_HZ))) for panel in PANELS}
    assert drawings["pitch"].note == "no pitched sound found"
    assert set(np.unique(drawings["mel"].trace["z"])) == {FLOOR_DB}
    assert set(np.unique(drawings["rms"].trace["y"])) == {FLOOR_DB}
    assert np.isfinite(drawings["mfcc"].trace["z"]).all()


def test_octave_errors_do_not_stretch_the_pitch_axis() -> None:
    features = replace(long_features(500), pitch_hz=np.full(500, 200.0))
    features.pitch_hz[[100, 300, 301]] = 400.0
    drawing = BY_KEY["pitch"].draw(from_samples(noise(8.0), SAMPLE_RATE_HZ), features)
    assert np.nanmax(drawing.trace["y"]) == pytest.approx(200.0)
    assert drawing.y_axis["range"][1] < 250.0


def test_the_pitch_axis_shows_the_middle_98_per_cent() -> None:
    features = replace(long_features(1_000), pitch_hz=np.linspace(100.0, 300.0, 1_000))
    low_hz, high_hz = BY_KEY["pitch"].draw(from_samples(noise(16.0), SAMPLE_RATE_HZ), features).y_axis["range"]
    assert (low_hz, high_hz) == pytest.approx((0.9 * 102.0, 1.1 * 298.0), rel=0.01)


def test_a_clipped_clip_reaches_full_scale() -> None:
    samples = np.clip(pure_tone(200.0, amplitude=3.0), -1.0, 1.0)
    wave = drawn("waveform", samples)
    assert np.abs(wave.trace["y"]).max() == 1.0
    assert wave.y_axis["range"][1] > 1.0


@pytest.mark.parametrize("duration_s", [0.02, 0.6, 3.0])
def test_all_panels_share_one_time_axis(duration_s: float) -> None:
    audio, features = analysed(noise(duration_s))
    figure = stacked_figure(audio, features, PANELS)
    assert {trace.xaxis for trace in figure.data} == {"x"}
    assert len({trace.yaxis for trace in figure.data}) == len(PANELS)
    assert figure.layout.xaxis.title.text == "time (s)"
    assert list(figure.layout.xaxis.range) == [0.0, audio.duration_s]
    domains = sorted(figure.layout[name].domain for name in figure.layout if name.startswith("yaxis"))
    assert all(below[1] < above[0] for below, above in itertools.pairwise(domains))
    titles = [note.text for note in figure.layout.annotations]
    assert all(any(panel.title in title and panel.unit in title for title in titles) for panel in PANELS)


@pytest.mark.parametrize("n_frames", [3_751, 37_501])
def test_long_clips_are_thinned_and_their_times_stay_correct(n_frames: int) -> None:
    features = long_features(n_frames)
    duration_s = (n_frames - 1) * 0.016
    audio = from_samples(noise(duration_s), SAMPLE_RATE_HZ)
    for trace in stacked_figure(audio, features, PANELS).data:
        n_columns = np.shape(trace.z)[1] if trace.type == "heatmap" else len(trace.y)
        assert n_columns <= (MAX_COLUMNS if trace.type == "heatmap" else 8_000)
        last_s = trace.x0 + (n_columns - 1) * trace.dx
        assert last_s == pytest.approx(duration_s, abs=1.01 * trace.dx)


def test_a_minute_and_its_sound_are_less_than_three_megabytes() -> None:
    audio = from_samples(noise(60.0), SAMPLE_RATE_HZ)
    figure = stacked_figure(audio, long_features(3_751), PANELS)
    figure_bytes = len(json.dumps(figure.to_dict()))
    wav_bytes = 2 * len(audio.samples) + 44
    assert figure_bytes + wav_bytes < 3_000_000
    assert figure_bytes < 700_000


def test_values_are_sent_as_typed_arrays() -> None:
    audio, features = analysed(noise(0.6))
    mel = stacked_figure(audio, features, [BY_KEY["mel"]]).to_dict()["data"][0]["z"]
    assert mel["dtype"] == "i1"
    rows, columns = (int(size) for size in mel["shape"].split(","))
    assert len(base64.b64decode(mel["bdata"])) == rows * columns


def test_a_burst_of_one_frame_stays_visible() -> None:
    level = np.zeros(1_000)
    level[617] = 1.0
    frames = frames_per_column(len(level), 100)
    assert frames == 10
    assert column_max(level, frames)[61] == 1.0
    assert column_max(level, frames).sum() == 1.0


def test_means_ignore_missing_values() -> None:
    values = np.array([1.0, np.nan, 3.0, np.nan, np.nan, np.nan, 5.0])
    np.testing.assert_array_equal(column_mean(values, 3), [2.0, np.nan, 5.0])


def test_an_outline_keeps_the_extremes() -> None:
    points = waveform_outline(noise(2.0), 50)
    assert len(points) == 100
    assert points.min() == noise(2.0).min()
    assert points.max() == noise(2.0).max()
    assert (points[::2] <= points[1::2]).all()
