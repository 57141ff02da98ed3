"""The computer voices: the steps of the tool, and the committed files."""

from __future__ import annotations

import hashlib
import json
import wave

import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.paths import SAMPLES_DIR
from tools.make_voices import (
    PEAK_LIMIT,
    SAMPLE_RATE_HZ,
    SENTENCE_CODE,
    SHAPES,
    VOICES,
    Shape,
    Voice,
    brighten,
    finish,
    tremble,
)

FOLDER = SAMPLES_DIR / "computer_voices"
TABLE = json.loads((FOLDER / "voices.json").read_text(encoding="utf-8"))
PATHS = [clip["path"] for clip in TABLE["clips"]]


def read(name: str) -> np.ndarray:
    with wave.open(str(FOLDER / name)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE_HZ, 1, 2)
        pcm = file.readframes(file.getnframes())
    return np.asarray(np.frombuffer(pcm, np.int16) / 32_768)


def level_db(speech: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(speech**2)))


def autocorrelation(frame: np.ndarray) -> np.ndarray:
    """Return the autocorrelation [shape=(n,)] from lag 0."""
    return np.correlate(frame, frame, "full")[len(frame) - 1 :]


def pitch_hz(speech: np.ndarray, usual_hz: float) -> np.ndarray:
    """Return the pitch of the voiced frames [shape=(n,)].

    The pitch is the peak of the autocorrelation of 50 ms, divided by the autocorrelation of the window (Boersma 1993).
    """
    window = np.hanning(800)
    # Less than two octaves around the voice's pitch, so that the result is not an octave too high or too low.
    lags = np.arange(int(SAMPLE_RATE_HZ / (1.8 * usual_hz)), int(SAMPLE_RATE_HZ / (0.7 * usual_hz)))
    pitches = []
    for start in range(0, len(speech) - len(window), 160):
        frame = speech[start : start + len(window)] * window
        correlation = autocorrelation(frame)[lags] / autocorrelation(window)[lags]
        voiced = correlation.max() > 0.7 * np.sum(frame**2) / np.sum(window**2)
        if voiced and np.mean(frame**2) > 0.05 * np.mean(speech**2):
            pitches.append(SAMPLE_RATE_HZ / lags[np.argmax(correlation)])
    return np.array(pitches)


def spread_st(pitches: np.ndarray) -> float:
    """Return the range of the pitch from its 10th to its 90th percentile, in semitones."""
    low, high = np.percentile(pitches, [10, 90])
    return float(12 * np.log2(high / low))


def test_every_emotion_has_a_woman_and_a_man() -> None:
    kinds = {(clip["emotion"], clip["sex"]) for clip in TABLE["clips"]}
    assert kinds == {(label, sex) for label in LABELS for sex in ("female", "male")}
    assert len(TABLE["clips"]) == len(kinds)
    assert TABLE["licence"]
    assert TABLE["sentence"] == SENTENCE_CODE


def test_the_folder_holds_exactly_the_files_of_the_table() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*PATHS, "voices.json"}
    for clip in TABLE["clips"]:
        content = (FOLDER / clip["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (clip["bytes"], clip["sha256"])
    assert sum(clip["bytes"] for clip in TABLE["clips"]) < 1_600_000


@pytest.mark.parametrize("path", PATHS)
def test_a_voice_is_clean_audio_of_the_right_length(path: str) -> None:
    speech = read(path)
    assert 1.5 <= len(speech) / SAMPLE_RATE_HZ <= 3.0
    assert np.max(np.abs(speech)) <= PEAK_LIMIT + 1 / 32_768
    assert level_db(speech) > -35
    assert abs(np.mean(speech)) < 0.005
    assert not speech[:100].any()
    assert not speech[-100:].any()


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_the_voices_change_in_the_directions_of_the_literature(voice: Voice) -> None:
    speech = {label: read(f"{label}_{voice.sex}.wav") for label in LABELS}
    level = {label: level_db(speech[label]) for label in LABELS}
    pitches = {label: pitch_hz(speech[label], voice.pitch_hz) for label in LABELS}
    pitch = {label: np.median(pitches[label]) for label in LABELS}
    spread = {label: spread_st(pitches[label]) for label in LABELS}
    length = {label: len(speech[label]) for label in LABELS}
    for lively in ("angry", "happy"):
        assert pitch[lively] > pitch["neutral"] > pitch["sad"]
        assert level[lively] > level["neutral"] > level["sad"]
        assert spread[lively] > spread["neutral"] > spread["sad"]
        assert length[lively] < length["neutral"] < length["sad"]
    assert pitch["fear"] > pitch["angry"]
    assert spread["fear"] < spread["angry"]
    assert level["fear"] < level["neutral"]
    assert length["fear"] < length["neutral"]
    assert level["sad"] < level["calm"] < level["neutral"]
    half = len(pitches["surprise"]) // 2
    assert np.median(pitches["surprise"][half:]) > np.median(pitches["surprise"][:half])


def test_the_table_records_the_shape_of_each_voice() -> None:
    for clip in TABLE["clips"]:
        assert Shape(**clip["shape"]) == SHAPES[clip["emotion"]]


@pytest.fixture
def noise() -> np.ndarray:
    return 0.1 * np.random.default_rng(0).standard_normal(SAMPLE_RATE_HZ)


def test_zero_tremor_and_zero_tilt_change_nothing(noise: np.ndarray) -> None:
    assert tremble(noise, 0.0) == pytest.approx(noise)
    assert brighten(noise, 0.0) == pytest.approx(noise)


def test_tremor_changes_the_pitch_by_the_given_depth(tone: np.ndarray) -> None:
    trembling = tremble(tone.astype(float), 1.0)
    crossings = np.flatnonzero((trembling[:-1] < 0) & (trembling[1:] >= 0))
    before, after = trembling[crossings], trembling[crossings + 1]
    frequencies_hz = SAMPLE_RATE_HZ / np.diff(crossings - before / (after - before))
    swing_st = 12 * np.log2(frequencies_hz[2:-2] / 440.0)
    assert np.max(swing_st) == pytest.approx(1.0, abs=0.1)
    assert np.min(swing_st) == pytest.approx(-1.0, abs=0.1)


def test_brightness_tilts_by_octave_above_the_pivot(noise: np.ndarray) -> None:
    change_db = 20 * np.log10(np.abs(np.fft.rfft(brighten(noise, 3.0))) / np.abs(np.fft.rfft(noise)))
    # One second: bin k is k Hz.
    assert change_db[[200, 999]] == pytest.approx(0.0, abs=1e-6)
    assert change_db[[2000, 4000]] == pytest.approx([3.0, 6.0], abs=1e-6)


def test_a_finished_clip_has_the_given_loudness_and_silence_around_it(noise: np.ndarray) -> None:
    clip = finish(noise, Shape(loudness_dbfs=-25.0))
    n_silence = (len(clip) - len(noise)) // 2
    assert n_silence == 960
    assert level_db(clip[n_silence:-n_silence]) == pytest.approx(-25.0, abs=0.1)
    assert not clip[:n_silence].any()
    assert not clip[-n_silence:].any()


def test_a_clip_with_peaks_over_the_limit_is_made_softer(noise: np.ndarray) -> None:
    assert np.max(np.abs(finish(noise, Shape(loudness_dbfs=-3.0)))) == pytest.approx(PEAK_LIMIT)


def test_the_swell_ends_louder_than_it_began(noise: np.ndarray) -> None:
    clip = finish(noise, Shape(swell_db=6.0))
    gain_db = level_db(clip[-2_000:-1_000]) - level_db(clip[1_000:2_000])
    assert gain_db == pytest.approx(6.0, abs=0.8)
