"""The path from a clip to a prediction and its timeline."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.calibration import probabilities
from ser_core.inference.front_end import from_config, to_config
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, sha256_of
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer


def clip(duration_s: float, pitch_hz: float = 200.0) -> Audio:
    """Return a sound similar to a voice: a vibrato tone with overtones, and a little noise."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    phase = 2.0 * np.pi * (pitch_hz * time_s + 3.0 * np.sin(4.0 * np.pi * time_s))
    voice = sum(np.sin(overtone * phase) / overtone for overtone in range(1, 12))
    noise = np.random.default_rng(1).uniform(-0.01, 0.01, len(time_s))
    return from_samples((0.2 * voice + noise).astype(np.float32), SAMPLE_RATE_HZ)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    for name in (CONFIG_NAME, LITERT_NAME):
        shutil.copy(DEFAULT_MODEL_DIR / name, tmp_path / name)
    return tmp_path


def change_config(model_dir: Path, **changes: object) -> None:
    path = model_dir / CONFIG_NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize("duration_s", [0.3, 2.0, 7.0])
def test_probabilities_sum_to_one_in_the_order_of_the_labels(recognizer: Recognizer, duration_s: float) -> None:
    prediction = recognizer.predict(clip(duration_s))
    assert tuple(prediction.probabilities) == LABELS
    assert list(prediction.probabilities.values()) == prediction.shares.tolist()
    assert prediction.shares.sum() == pytest.approx(1.0)
    assert prediction.emotion == max(prediction.probabilities, key=prediction.probabilities.get)


def test_each_probability_belongs_to_its_label(recognizer: Recognizer) -> None:
    audio = clip(2.0)
    windows = from_config(recognizer.config.front_end).windows(audio)
    (logits,) = recognizer.logits(windows.inputs)
    prediction = recognizer.predict(audio)
    np.testing.assert_allclose(prediction.logits, logits, rtol=1e-6)
    np.testing.assert_allclose(
        prediction.shares, probabilities(logits, recognizer.config.calibration.temperature), rtol=1e-6
    )


def test_different_clips_get_different_probabilities(recognizer: Recognizer) -> None:
    low, high = (recognizer.predict(clip(2.0, pitch_hz)).probabilities for pitch_hz in (100.0, 350.0))
    assert low != high


@pytest.mark.parametrize(("confidence_threshold", "unsure"), [(0.0, False), (1.01, True)])
def test_a_probability_under_the_confidence_threshold_is_unsure(confidence_threshold: float, unsure: bool) -> None:
    recognizer = Recognizer()
    calibration = replace(recognizer.config.calibration, confidence_threshold=confidence_threshold)
    recognizer.config = replace(recognizer.config, calibration=calibration)
    assert recognizer.predict(clip(1.0)).unsure is unsure


@pytest.mark.parametrize("duration_s", [0.5, 3.0])
def test_a_short_clip_has_no_timeline(recognizer: Recognizer, duration_s: float) -> None:
    assert recognizer.predict(clip(duration_s)).timeline is None


@pytest.mark.parametrize("duration_s", [3.5, 8.0])
def test_a_timeline_lies_inside_its_clip(recognizer: Recognizer, duration_s: float) -> None:
    timeline = recognizer.predict(clip(duration_s)).timeline
    assert len(timeline.start_s) == len(timeline.end_s) == len(timeline.probabilities) >= 2
    assert timeline.start_s[0] >= 0.0
    assert timeline.end_s[-1] <= duration_s
    assert timeline.end_s[-1] == pytest.approx(duration_s, abs=0.05)
    assert (np.diff(timeline.start_s) > 0.0).all()
    assert (timeline.end_s > timeline.start_s).all()
    np.testing.assert_allclose(timeline.probabilities.sum(axis=1), 1.0)


def test_a_timeline_has_gaps_where_there_is_no_speech(recognizer: Recognizer) -> None:
    pause = np.zeros(8 * SAMPLE_RATE_HZ, dtype=np.float32)
    voice = clip(2.0).samples
    audio = from_samples(np.concatenate([voice, pause, voice]), SAMPLE_RATE_HZ)
    timeline = recognizer.predict(audio).timeline
    in_pause = (timeline.start_s > 2.2) & (timeline.end_s < 9.8)
    assert in_pause.any()
    assert np.isnan(timeline.probabilities[in_pause]).all()
    assert np.isfinite(timeline.probabilities[[0, -1]]).all()


@pytest.mark.parametrize("n_samples", [1, 8000, 5 * SAMPLE_RATE_HZ])
def test_silence_gets_finite_probabilities(recognizer: Recognizer, n_samples: int) -> None:
    prediction = recognizer.predict(from_samples(np.zeros(n_samples, dtype=np.float32), SAMPLE_RATE_HZ))
    assert np.isfinite(prediction.shares).all()
    assert prediction.shares.sum() == pytest.approx(1.0)


def test_predictions_in_eight_threads_equal_those_in_a_single_thread(recognizer: Recognizer) -> None:
    clips = [clip(0.5 + 0.7 * number, 100.0 + 40.0 * number) for number in range(8)]
    expected = [recognizer.predict(audio).probabilities for audio in clips]
    with ThreadPoolExecutor(max_workers=8) as pool:
        in_threads = [prediction.probabilities for prediction in pool.map(recognizer.predict, clips * 8)]
    assert in_threads == expected * 8


def test_a_changed_network_is_an_error(model_copy: Path) -> None:
    network = bytearray((model_copy / LITERT_NAME).read_bytes())
    network[len(network) // 2] ^= 1
    (model_copy / LITERT_NAME).write_bytes(network)
    with pytest.raises(ModelError, match="not the one that its config was written for"):
        Recognizer(model_copy)


def test_a_file_that_is_no_network_is_an_error(model_copy: Path) -> None:
    (model_copy / LITERT_NAME).write_bytes(b"no network at all")
    change_config(model_copy, network_sha256=sha256_of(model_copy / LITERT_NAME))
    with pytest.raises(ModelError, match="cannot be loaded"):
        Recognizer(model_copy)


def test_a_network_of_another_front_end_is_an_error(model_copy: Path) -> None:
    change_config(model_copy, front_end=to_config(LogMelFrontEnd(n_mels=40)))
    with pytest.raises(ModelError, match="40"):
        Recognizer(model_copy)


def test_an_unknown_front_end_is_an_error(model_copy: Path) -> None:
    change_config(model_copy, front_end={"kind": "wavelets"})
    with pytest.raises(ModelError, match="wavelets"):
        Recognizer(model_copy)


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        Recognizer(tmp_path)
