"""A changed voice that no person has gets a warning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ser_core.audio.loading import load_audio
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.voice import implausible_cues
from tests.harness.paths import COMPUTER_VOICES

NAN = float("nan")


@pytest.fixture(scope="module")
def cues() -> Cues:
    return measure_cues(extract_features(load_audio(COMPUTER_VOICES / "neutral_female.wav")))


@pytest.mark.parametrize("path", sorted(COMPUTER_VOICES.glob("*.wav")), ids=lambda path: path.stem)
def test_an_unchanged_voice_gets_no_warning(path: Path) -> None:
    assert implausible_cues(measure_cues(extract_features(load_audio(path)))) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pitch_hz": 563.0}, "563 Hz is higher"),
        ({"pitch_hz": 48.0}, "48 Hz is lower"),
        ({"syllables_per_s": 0.4}, "0.4 syllables per second is slower"),
        ({"syllables_per_s": 11.0}, "11.0 syllables per second is faster"),
        ({"syllables_per_s": NAN}, "No syllables"),
        ({"pitch_hz": NAN, "syllables_per_s": NAN}, "No pitch"),
    ],
)
def test_a_cue_outside_the_human_range_gets_one_warning(cues: Cues, changes: dict[str, float], words: str) -> None:
    (sentence,) = implausible_cues(replace(cues, **changes))
    assert words in sentence
