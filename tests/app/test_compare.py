"""The Compare page under AppTest."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core import extract_features, load_audio
from ser_core.features.cue_percentiles import Reference
from ser_core.features.cues import WORDS, measure_cues
from tests.app.visiting import OpenApp, choose_way_in, differences, set_widget, upload
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode
from ui.common.intake import SAMPLE, UPLOAD
from ui.compare.standing import most_like

COMPARE = "pages/compare.py"


def titles(app: AppTest) -> list[str]:
    return [fold.label.split("**")[1] for fold in app.expander if "change clip" in fold.label]


def n_charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_the_default_is_one_speaker_with_one_sentence_in_two_emotions(open_app: OpenApp) -> None:
    app = open_app(COMPARE)
    assert not app.exception
    assert titles(app) == ["Computer voice, man - angry", "Computer voice, man - sad"]
    assert any("same speaker says the same sentence" in caption.value for caption in app.caption)
    assert n_charts(app) == 3


def test_differences_are_the_cues_in_plain_units(open_app: OpenApp) -> None:
    app = open_app(COMPARE)
    angry, sad = (
        measure_cues(extract_features(load_audio(COMPUTER_VOICES / f"{emotion}_male.wav")))
        for emotion in ("angry", "sad")
    )
    texts = differences(app)
    assert list(texts) == [words.name for words in WORDS.values()]
    assert texts["pitch"] == f"{angry.pitch_hz - sad.pitch_hz:.0f} Hz lower"
    assert texts["loudness"] == f"{angry.level_dbfs - sad.level_dbfs:.1f} dB softer"
    rates = angry.syllables_per_s, sad.syllables_per_s
    assert texts["speech rate"] == WORDS["syllables_per_s"].compare(*rates)


def test_the_clip_of_all_pages_is_clip_1_and_its_counterpart_clip_2(open_app: OpenApp) -> None:
    app = choose_way_in(open_app(), SAMPLE)
    set_widget(app, "sample_emotion", "neutral")
    app.selectbox[0].select_index(1).run()
    app.switch_page(COMPARE).run()
    assert titles(app) == ["Computer voice, man - neutral", "Computer voice, man - angry"]


def test_choosing_clip_2_keeps_the_clip_of_all_pages(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    app.switch_page(COMPARE).run()
    assert titles(app)[0] == "`voice.wav`"
    set_widget(app, "second_clip_way_in", UPLOAD)
    content = (COMPUTER_VOICES / "sad_male.wav").read_bytes()
    set_widget(app, "second_clip_upload", ("other.wav", content, "audio/wav"))
    assert not app.exception
    assert titles(app) == ["`voice.wav`", "`other.wav`"]
    assert differences(app)["pitch"].endswith("Hz lower")
    app.switch_page("pages/recognise.py").run()
    assert any("**`voice.wav`** · 1.8 s" in box.label for box in app.expander)


def test_a_new_clip_1_becomes_the_clip_of_all_pages(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app(COMPARE)
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    assert titles(app)[0] == "Your recording"
    app.switch_page("pages/recognise.py").run()
    assert any("**Your recording**" in box.label for box in app.expander)


@pytest.mark.parametrize("cue", WORDS)
def test_every_cue_is_drawn_among_real_voices(open_app: OpenApp, cue: str) -> None:
    app = open_app(COMPARE)
    set_widget(app, "compare_cue", cue)
    assert not app.exception
    assert any(line.value.startswith(WORDS[cue].explanation) for line in app.markdown)
    assert (
        sum("In **clip 1** it is above" in line.value and "In **clip 2** it is" in line.value for line in app.markdown)
        == 1
    )


def test_cues_that_a_corpus_lacks_are_left_out(open_app: OpenApp) -> None:
    app = open_app(COMPARE)
    set_widget(app, "compare_corpus", "CREMA-D")
    assert not app.exception
    assert any("No pitch was measured" in box.value for box in app.info)
    table = app.table[0].value
    has_remark = ["·" in cell for cell in table["clip 1"]]
    assert [name for name, has_one in zip(differences(app), has_remark, strict=True) if has_one] == ["brightness"]


def test_a_value_in_the_middle_of_an_emotion_is_like_that_emotion() -> None:
    spreads = Reference().by_emotion("pitch_hz", "RAVDESS", "male")
    assert "fear" in most_like("pitch_hz", spreads["fear"].median, "RAVDESS", "male")
    assert most_like("pitch_hz", 5_000.0, "RAVDESS", "male") == "higher than most clips"
    assert most_like("pitch_hz", 20.0, "RAVDESS", "male") == "lower than most clips"
    assert most_like("pitch_hz", float("nan"), "RAVDESS", "male") == ""


@pytest.mark.parametrize(
    "samples",
    [np.zeros(32_000), np.random.default_rng(0).normal(0.0, 0.1, 32_000), np.full(400, 0.1)],
    ids=["silent", "noise", "25 ms"],
)
def test_unusual_clips_get_a_warning_and_no_answer(open_app: OpenApp, samples: np.ndarray) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "unusual.wav", encode(samples, 16_000))
    app.switch_page(COMPARE).run()
    assert not app.exception
    assert app.warning
    assert any(line.value.startswith("Not judged") for line in app.markdown)
    # The features of both clips.
    assert n_charts(app) == 1


def test_values_that_cannot_be_measured_are_unknown(open_app: OpenApp) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "silence.wav", encode(np.zeros(32_000), 16_000))
    app.switch_page(COMPARE).run()
    assert set(differences(app).values()) == {"unknown"}
