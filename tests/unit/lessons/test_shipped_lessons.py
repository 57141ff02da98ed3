"""The lessons that come with the app: each is read, and what it claims is measured."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest

from ser_core import extract_features
from ser_core.features.cue_percentiles import Reference
from ser_core.features.cues import Cues
from ser_core.features.octave_jumps import without_octave_jumps
from ser_core.lessons.glossary import read_glossary
from ser_core.lessons.lesson import Lesson, Predict, Text
from ser_core.lessons.parsing import Names, read_lessons
from ser_core.lessons.sounds import load_sound
from ser_core.lessons.values import Values
from ser_core.network_figures import new_speaker_figures
from tests.harness.paths import ROOT

FOLDER = ROOT / "lessons"
FIGURES = json.loads((ROOT / "models" / "metrics.json").read_text(encoding="utf-8"))
VALUES = Values(FIGURES, Reference())
GLOSSARY = read_glossary(FOLDER / "glossary.md")
PAGES = [path.stem for path in (ROOT / "pages").glob("*.py")]
LESSONS = read_lessons(FOLDER, Names(GLOSSARY, PAGES), VALUES.fill)


def right_answer(key: str, question_part: str) -> str:
    """Return the right option of a prediction of a lesson."""
    (lesson,) = (lesson for lesson in LESSONS if lesson.key == key)
    predictions = (block for screen in lesson.screens for block in screen.blocks if isinstance(block, Predict))
    (prediction,) = (block for block in predictions if question_part in block.question)
    return next(option.text for option in prediction.options if option.is_right)


def cues(name: str) -> Cues:
    return VALUES.cues(f"computer/{name}")


def test_there_are_six_or_more_of_five_to_ten_minutes() -> None:
    assert [lesson.number for lesson in LESSONS][:6] == [1, 2, 3, 4, 5, 6]
    assert all(5 <= lesson.minutes <= 10 for lesson in LESSONS)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_each_has_predictions_short_texts_and_its_words(lesson: Lesson) -> None:
    blocks = [block for screen in lesson.screens for block in screen.blocks]
    assert sum(isinstance(block, Predict) for block in blocks) >= 2
    assert all(len(block.markdown.split()) < 110 for block in blocks if isinstance(block, Text))
    named = {term for screen in lesson.screens for term in screen.terms}
    assert set(lesson.words) <= named


# What the lessons say, measured.


def test_loudness_is_as_the_lesson_says() -> None:
    angry, sad = cues("angry_female"), cues("sad_female")
    assert right_answer("loudness-and-anger", "Which one has the higher") == "the angry one"
    assert angry.level_dbfs > sad.level_dbfs
    far = VALUES.cues("computer/angry_female at -15 dB")
    assert right_answer("loudness-and-anger", "from far away") == "the sad one from near"
    assert far.level_dbfs < sad.level_dbfs
    levels = {label: spread.median for label, spread in Reference().by_emotion("level_dbfs", "RAVDESS").items()}
    assert right_answer("loudness-and-anger", "lowest level there") == min(levels, key=lambda label: levels[label])


def test_pitch_is_as_the_lesson_says() -> None:
    assert right_answer("pitch-and-excitement", "wider range") == "surprised"
    assert cues("surprise_female").pitch_range_st > cues("sad_female").pitch_range_st
    pitch = {label: spread.median for label, spread in Reference().by_emotion("pitch_hz", "RAVDESS").items()}
    assert right_answer("pitch-and-excitement", "hard to tell apart") == "anger and fear"
    assert abs(pitch["angry"] - pitch["fear"]) < 0.25 * abs(pitch["angry"] - pitch["calm"])


def mean_mfcc(name: str) -> np.ndarray:
    return extract_features(load_sound(name)).mfcc.mean(axis=1)[1:13]


def test_mfccs_are_as_the_lesson_says() -> None:
    a_low, a_high, i_low = (mean_mfcc(name) for name in ("vowel/a/120", "vowel/a/180", "vowel/i/120"))
    assert right_answer("mfcc-and-timbre", "most similar") == "the two with the same vowel"
    assert np.linalg.norm(a_low - a_high) < 0.5 * np.linalg.norm(a_low - i_low)
    forwards, backwards = (mean_mfcc(f"computer/angry_female{change}") for change in ("", " backwards"))
    assert right_answer("mfcc-and-timbre", "the first one backwards") == "they stay the same"
    assert np.abs(forwards - backwards).max() < 1
    angry, sad = mean_mfcc("computer/angry_female"), mean_mfcc("computer/sad_female")
    assert right_answer("mfcc-and-timbre", "smaller second MFCC") == "the angry one"
    assert int(np.argmax(np.abs(angry - sad))) == 0
    assert angry[0] < sad[0]


def test_scores_are_as_the_lesson_says() -> None:
    leaky, new = (
        VALUES.fill(f"{{{{{split} score of seed_cnn on TESS}}}}", "1-a.md")
        for split in ("random split", "new speakers")
    )
    assert right_answer("scores-that-lie", "kept out of the training") == "half of that, or less"
    assert float(new.strip("%")) <= 0.5 * float(leaky.strip("%"))


def test_the_answers_to_the_pictures_of_the_worksheets_are_right() -> None:
    samples = load_sound("tone/800").samples[8_000:8_040]
    assert np.allclose(samples[:20], samples[20:], atol=1e-4)
    assert cues("angry_male").level_dbfs > cues("sad_male").level_dbfs
    assert cues("angry_male").speech_s < cues("sad_male").speech_s
    assert cues("surprise_female").pitch_range_st > 4 * cues("sad_female").pitch_range_st
    pitch_hz = without_octave_jumps(extract_features(load_sound("computer/surprise_female")).pitch_hz)
    assert np.nanpercentile(pitch_hz, 99) == pytest.approx(280, abs=5)
    u_low, u_high, a_low = (mean_mfcc(name) for name in ("vowel/u/120", "vowel/u/180", "vowel/a/120"))
    assert np.linalg.norm(u_low - u_high) < 0.5 * np.linalg.norm(u_low - a_low)
    shown = FIGURES["ser_cnn"]
    gaps = {
        corpus: results["uar"] - new_speaker_figures(shown)[corpus]["uar"]
        for corpus, results in shown["random_split"]["corpora"].items()
    }
    assert max(gaps, key=lambda corpus: gaps[corpus]) == "nEMO"
    assert min(gaps, key=lambda corpus: abs(gaps[corpus])) == "CREMA-D"
    assert abs(gaps["CREMA-D"]) < 0.02


def texts(lesson: Lesson) -> Iterator[str]:
    yield from (block.markdown for screen in lesson.screens for block in screen.blocks if isinstance(block, Text))


def test_no_value_is_left_unfilled() -> None:
    assert not any("{{" in text or "unknown" in text for lesson in LESSONS for text in texts(lesson))
