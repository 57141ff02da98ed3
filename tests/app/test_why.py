"""The Why page under AppTest."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.audio.loading import SAMPLE_RATE_HZ
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode
from ui.common.intake import SAMPLE, UPLOAD

PAGE = "pages/why.py"


def samples_of(voice: bytes) -> npt.NDArray[np.float64]:
    samples: npt.NDArray[np.float64] = soundfile.read(io.BytesIO(voice))[0]
    return samples


def open_why(open_app: OpenApp, content: bytes) -> AppTest:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", content)
    return app.switch_page(PAGE).run()


def reason(app: AppTest) -> str | None:
    sentences = [box.value for box in app.info if "probability of **" in box.value.lower()]
    return sentences[0] if sentences else None


def test_without_a_clip_the_page_shows_what_to_do(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert "No clip yet" in app.info[0].value


def test_a_voice_gets_two_sentences_a_chart_and_the_part_that_mattered(
    open_app: OpenApp, computer_voice: bytes
) -> None:
    app = open_why(open_app, computer_voice)
    assert not app.exception
    text = reason(app)
    assert text
    assert text.count(". ") == 1
    assert len(app.get("plotly_chart")) == 1
    assert len(app.get("audio")) == 2
    assert any("the most important quarter" in line.value for line in app.markdown)
    assert any("| [pitch](#word-pitch) |" in line.value for line in app.markdown)
    # Not a colour: neutral's own colour is grey.
    assert any("Striped bars speak against the answer" in line.value for line in app.markdown)


def test_a_woman_is_compared_with_women(open_app: OpenApp) -> None:
    app = choose_way_in(open_app(PAGE), SAMPLE)
    set_widget(app, "sample_emotion", "neutral")
    app.selectbox[0].select_index(0).run()
    assert not app.exception
    assert "women's neutral speech" in (reason(app) or "")
    set_widget(app, "voices_female", "all")
    assert "women's" not in (reason(app) or "")


def test_recognise_links_to_this_page(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    assert "why" in [link.proto.page for link in app.get("page_link")]


def test_silence_is_explained_only_on_request(open_app: OpenApp) -> None:
    app = open_why(open_app, encode(np.zeros(32_000), 16_000))
    assert not app.exception
    assert reason(app) is None
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert "No single moment and no single band" in (reason(app) or "")


@pytest.mark.parametrize("duration_s", [0.6, 8.0])
def test_clips_of_any_length_are_explained(open_app: OpenApp, computer_voice: bytes, duration_s: float) -> None:
    voice = np.resize(samples_of(computer_voice), round(16_000 * duration_s))
    app = open_why(open_app, encode(voice, 16_000))
    assert not app.exception
    assert reason(app)
    assert not any("with the clearest answer" in line.value for line in app.caption)


def test_the_used_part_of_a_long_clip_is_named(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_why(open_app, encode(np.resize(samples_of(computer_voice), 16_000 * 75), 16_000))
    assert not app.exception
    assert any("only the 60 seconds" in line.value for line in app.caption)


def test_a_moment_of_a_longer_clip_is_explained_by_itself(open_app: OpenApp) -> None:
    voices = [COMPUTER_VOICES / f"{name}.wav" for name in ("angry_female", "sad_male", "happy_female", "sad_male")]
    recording = np.concatenate([samples_of(voice.read_bytes()) for voice in voices])
    app = open_why(open_app, encode(recording, SAMPLE_RATE_HZ))
    choice = next(box for box in app.selectbox if box.label == "Which part of the clip?")
    sentence_on_all = reason(app)
    assert choice.options[0] == "The whole clip"

    choice.select_index(2).run()

    assert not app.exception
    assert float(app.query_params["moment"][0]) > 0.0
    assert reason(app) not in {None, sentence_on_all}
