"""The pair that Compare chooses: real voices where they can be had."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.audio.loading import from_samples, load_audio
from ser_core.errors import SampleError
from ser_core.features.cues import WORDS, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.samples import Sample, SampleLibrary, SampleSettings, open_library
from tests.app.visiting import OpenApp, choose_way_in, upload, visible_text
from tests.harness.paths import COMPUTER_VOICES
from ui.common import engine
from ui.common.clip import Clip
from ui.common.intake import UPLOAD
from ui.compare.pairing import describe_pair, name_differences

COMPARE = "pages/compare.py"
VOICES = {
    ("F1", "female"): ("disgust", "neutral"),
    ("M1", "male"): ("neutral", "angry", "sad"),
    ("F2", "female"): ("happy", "sad"),
}


class RecordedVoices:
    """Stands in for recordings of actors: its clips are computer voices."""

    description = "recordings of actors"

    def __init__(self, *, are_readable: bool = True) -> None:
        self._are_readable = are_readable
        self.samples = tuple(
            Sample(
                sample_id=f"crema-d/{speaker}_{emotion}",
                title=f"{speaker} - {emotion}",
                emotion=emotion,
                origin="crema-d",
                speaker=speaker,
                sex=sex,
                age_years=30,
                sentence="IEO",
                note="A note",
                credit="A source",
            )
            for (speaker, sex), emotions in VOICES.items()
            for emotion in emotions
        )

    def is_available(self, sample: Sample) -> bool:
        return True

    def is_at_hand(self, sample: Sample) -> bool:
        return self._are_readable

    def load(self, sample: Sample) -> bytes:
        if not self._are_readable:
            raise SampleError("No source answers", expected="one source that answers", advice="Choose another clip")
        return (COMPUTER_VOICES / f"{sample.emotion}_{sample.sex}.wav").read_bytes()


def use_voices(monkeypatch: pytest.MonkeyPatch, *, are_readable: bool = True) -> None:
    own = open_library(SampleSettings(base_urls=(), data_dir=None))
    library = SampleLibrary([RecordedVoices(are_readable=are_readable), *set(own._source_of.values())])
    monkeypatch.setattr(engine, "sample_library", lambda: library)


def titles(app: AppTest) -> list[str]:
    return [fold.label.split("**")[1] for fold in app.expander if "change clip" in fold.label]


def test_the_pair_at_the_start_is_one_actor_in_two_emotions(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    use_voices(monkeypatch)
    app = open_app(COMPARE)
    assert titles(app) == ["M1 - angry", "M1 - neutral"]
    assert "same speaker says the same sentence" in visible_text(app)


def test_without_recordings_there_are_computer_voices(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    use_voices(monkeypatch, are_readable=False)
    app = open_app(COMPARE)
    assert not app.error
    assert titles(app) == ["Computer voice, man - angry", "Computer voice, man - sad"]


@pytest.mark.parametrize(("sex", "partner"), [("female", "F1 - neutral"), ("male", "M1 - neutral")])
def test_a_visitors_clip_gets_a_real_voice_of_a_similar_pitch(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, sex: str, partner: str
) -> None:
    use_voices(monkeypatch)
    content = Path(COMPUTER_VOICES / f"angry_{sex}.wav").read_bytes()
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", content)
    app.switch_page(COMPARE).run()
    assert titles(app) == ["`voice.wav`", partner]
    assert "a real voice with a similar pitch, whose speaker was asked to sound neutral" in visible_text(app)


@pytest.mark.parametrize(
    ("clip_1", "clip_2"),
    [("F2_happy", "F2 - sad"), ("F2_sad", "F2 - happy"), ("F1_disgust", "F1 - neutral"), ("M1_sad", "M1 - neutral")],
)
def test_a_sample_gets_the_same_voice_in_another_emotion(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, clip_1: str, clip_2: str
) -> None:
    use_voices(monkeypatch)
    app = open_app(COMPARE, {"sample": f"crema-d/{clip_1}"})
    assert titles(app)[1] == clip_2


def test_the_computer_voices_at_the_start_differ_most() -> None:
    cues = {
        path.stem: measure_cues(extract_features(load_audio(path))) for path in sorted(COMPUTER_VOICES.glob("*.wav"))
    }
    spreads = {name: float(np.std([getattr(voice, name) for voice in cues.values()])) for name in WORDS}

    def distance(pair: tuple[str, str]) -> float:
        first, second = (cues[name] for name in pair)
        return sum(((getattr(first, name) - getattr(second, name)) / spreads[name]) ** 2 for name in WORDS)

    # Pairs of one voice: both names end with the same sex.
    pairs = [pair for pair in combinations(cues, 2) if len({name.partition("_")[2] for name in pair}) == 1]
    assert max(pairs, key=distance) == ("angry_male", "sad_male")


def test_one_sentence_says_what_to_look_at() -> None:
    angry, sad = (
        measure_cues(extract_features(load_audio(COMPUTER_VOICES / f"{name}_male.wav"))) for name in ("angry", "sad")
    )
    sentence = name_differences(angry, sad)
    assert sentence.startswith("Look at these first in clip 2: **loudness** (11.5 dB softer), **pitch** (31 Hz lower)")
    assert sentence.count("**") == 6
    assert name_differences(angry, angry) == ""
    # A visitor cannot listen for a zero crossing.
    assert name_differences(angry, replace(angry, zero_crossings_per_s=9_000.0)) == ""
    silent = measure_cues(extract_features(from_samples(np.zeros(16_000), 16_000)))
    assert name_differences(angry, silent) == ""


def test_two_sentences_with_one_title_are_not_the_same_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    # On the sound map, the two statements of a RAVDESS actor in one emotion have the same title.
    class TwoStatements(RecordedVoices):
        def __init__(self) -> None:
            super().__init__()
            neutral, angry = (self.samples[index] for index in (2, 3))
            other = replace(angry, sample_id="crema-d/M1_angry_2", title=f"{angry.title} (2)", sentence="DFA")
            self.samples = neutral, angry, other

    source = TwoStatements()
    monkeypatch.setattr(engine, "sample_library", lambda: SampleLibrary([source]))
    neutral, same, other = (
        Clip(sample.title.removesuffix(" (2)"), from_samples(np.zeros(1_600), 16_000), b"", sample_id=sample.sample_id)
        for sample in source.samples
    )
    assert same.name == other.name
    assert "same sentence" in describe_pair(neutral, same)
    assert describe_pair(neutral, other) == ""
