"""The speech detector: speech passes, sounds that it was not fitted to do not, and damaged files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core import cli
from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, load_audio, to_wav_bytes
from ser_core.errors import ModelError
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.inference.speech_detector import (
    MIN_SPEECH_PROBABILITY,
    SPEECH_DETECTOR_NAME,
    SpeechDetector,
    read_speech_detector,
)
from ser_core.inference.verdict import find_defects, reach_verdict
from ser_core.paths import MODELS_DIR
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.unfamiliar_sounds import unfamiliar_sounds


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


def verdict_of(recognizer: Recognizer, samples: np.ndarray) -> dict[str, object]:
    audio = from_samples(samples, SAMPLE_RATE_HZ)
    prediction = recognizer.predict(audio)
    return reach_verdict(prediction, find_defects(audio, prediction)).as_dict()


def test_at_least_nine_in_ten_sounds_that_it_was_not_fitted_to_are_not_judged(recognizer: Recognizer) -> None:
    refused = {
        kind: [verdict_of(recognizer, samples)["kind"] == "not_judged" for samples in sounds]
        for kind, sounds in unfamiliar_sounds().items()
    }
    assert np.mean([share for shares in refused.values() for share in shares]) >= 0.9, refused


@pytest.mark.parametrize("voice", sorted(COMPUTER_VOICES.glob("*.wav")), ids=lambda path: path.stem)
def test_a_voice_passes(recognizer: Recognizer, voice: Path) -> None:
    prediction = recognizer.predict(load_audio(voice))
    assert prediction.speech_probability is not None
    assert prediction.speech_probability > MIN_SPEECH_PROBABILITY


def test_silence_one_sample_a_tone_and_beeps_are_not_judged_each_for_its_reason(recognizer: Recognizer) -> None:
    time_s = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = (0.5 * np.sin(2.0 * np.pi * 440.0 * time_s)).astype(np.float32)
    sounds = {
        "silent": np.zeros(2 * SAMPLE_RATE_HZ, np.float32),
        "too_short": np.full(1, 0.5, np.float32),
        "not_speech": tone,
    }
    assert {reason: verdict_of(recognizer, samples)["reason"] for reason, samples in sounds.items()} == {
        reason: reason for reason in sounds
    }
    beeps = np.where(time_s % 1.0 < 0.5, tone, 0.0).astype(np.float32)
    assert verdict_of(recognizer, beeps) == {"kind": "not_judged", "reason": "not_speech"}


def test_the_command_line_names_no_emotion_for_music(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "music.wav"
    file.write_bytes(to_wav_bytes(unfamiliar_sounds(1)["plucked strings"][0]))
    assert cli.main(["predict", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: not judged [This does not sound like speech")
    assert cli.main(["predict", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == {"kind": "not_judged", "reason": "not_speech"}


@pytest.mark.parametrize("network", ["ser_cnn", "ser_whisper"])
def test_the_shipped_figures_keep_the_promise(network: str) -> None:
    figures = pd.read_csv(MODELS_DIR / "experiments" / f"{network}_speech_detector.csv")
    is_speech = figures["kind"] != "not speech"
    assert figures["group"].nunique() >= 15
    assert figures.loc[is_speech, "passed_as_speech"].min() >= 0.95
    assert figures.loc[~is_speech, "passed_as_speech"].max() <= 0.1


def test_a_written_detector_is_read_back(tmp_path: Path) -> None:
    detector = SpeechDetector(np.array([1.0, -2.0], np.float32), 0.25, "abc")
    detector.write(tmp_path / SPEECH_DETECTOR_NAME)
    again = read_speech_detector(tmp_path, "abc")
    assert again is not None
    embedding = np.array([0.3, 0.1], np.float32)
    assert again.probability(embedding) == pytest.approx(detector.probability(embedding))


def test_a_folder_without_detector_has_none(tmp_path: Path) -> None:
    assert read_speech_detector(tmp_path, "abc") is None


def test_a_detector_of_another_network_is_refused() -> None:
    with pytest.raises(ModelError, match="belongs to another network"):
        read_speech_detector(DEFAULT_MODEL_DIR, "abc")


def test_a_damaged_detector_is_refused(tmp_path: Path) -> None:
    (tmp_path / SPEECH_DETECTOR_NAME).write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ModelError, match="damaged"):
        read_speech_detector(tmp_path, "abc")
