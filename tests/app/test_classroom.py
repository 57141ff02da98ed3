"""Classroom mode: every page shows features of a visitor's own voice, and infers no emotion from it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ser_core import load_audio
from ser_core.audio.loading import Audio
from ser_core.emotions import EMOTIONS
from ser_core.inference.embedder import Embedder
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.voice_profile import VoiceProfile
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload, visible_text
from tests.harness.paths import COMPUTER_VOICES
from ui.common.intake import SAMPLE, UPLOAD
from ui.dataset.sound_map_section import AVERAGES, NETWORK
from ui.shell.navigation import PAGES

PATHS = [page.path for page in PAGES]
CLIP_PAGES = ["pages/recognise.py", "pages/why.py", "pages/explore.py", "pages/compare.py", "pages/voice_lab.py"]
# Phrases that name an emotion as an answer to a clip.
ANSWERS = ("Sounds like", "This voice sounds", "Hard to tell", "highest probability", "probability of **")


@pytest.fixture
def judged_hashes(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the hashes of all clips that the network is run on."""
    hashes: set[str] = set()
    predict, embed = Recognizer.predict, Embedder.embed

    def recording_predict(self: Recognizer, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        hashes.add(audio.sha256)
        return predict(self, audio, profile)

    def recording_embed(self: Embedder, audio: Audio) -> object:
        hashes.add(audio.sha256)
        return embed(self, audio)

    monkeypatch.setattr(Recognizer, "predict", recording_predict)
    monkeypatch.setattr(Embedder, "embed", recording_embed)
    return hashes


def open_by_link(open_app: OpenApp, page: str | None = None) -> AppTest:
    """Open the app by a link with ?mode=classroom, then go to a page."""
    app = open_app(query_params={"mode": "classroom"}, page=page)
    assert not app.exception
    return app


def has_badge(app: AppTest) -> bool:
    return any("Classroom mode" in line.value and "badge" in line.value for line in app.markdown)


def record(app: AppTest, content: bytes) -> AppTest:
    return app.audio_input[0].set_value(("recording.wav", content, "audio/wav")).run()


def test_without_an_answer_no_link_leads_to_its_reasons(open_app: OpenApp, computer_voice: bytes) -> None:
    app = record(open_by_link(open_app), computer_voice)
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels == ["**See the sound**", "**Change it**"]


def inferred_words(app: AppTest) -> list[str]:
    """Return the answers on a page, and the emotions in its tables of the visitor's clip."""
    text = visible_text(app)
    tables = " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
    adjectives = [emotion.label for emotion in EMOTIONS if emotion.label in tables]
    return [answer for answer in ANSWERS if answer in text] + adjectives


@pytest.mark.parametrize("page", PATHS)
def test_a_link_to_any_page_sets_the_mode_for_the_whole_visit(open_app: OpenApp, page: str) -> None:
    app = open_by_link(open_app, page)
    assert has_badge(app)
    for path in PATHS:
        # Streamlit drops the parameters of the address on the way to another page; AppTest keeps them.
        app.query_params.clear()
        app.switch_page(path).run()
        assert not app.exception
        assert has_badge(app), path
        assert app.query_params["mode"] in ("classroom", ["classroom"])


def test_capital_letters_do_not_switch_the_mode_off(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_badge(open_app(query_params={"mode": " Classroom"}))
    monkeypatch.setenv("SER_MODE", "CLASSROOM")
    assert has_badge(open_app())


def test_without_the_mode_there_is_no_badge(open_app: OpenApp) -> None:
    assert not has_badge(open_app())


@pytest.mark.parametrize("way", ["link", "setting"])
def test_no_page_infers_an_emotion_from_a_recording(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch, judged_hashes: set[str], way: str
) -> None:
    if way == "setting":
        monkeypatch.setenv("SER_MODE", "classroom")
    app = record(open_app() if way == "setting" else open_by_link(open_app), computer_voice)
    for path in PATHS:
        app.switch_page(path).run()
        assert not app.exception, path
        assert has_badge(app), path
        if path == "pages/compare.py":
            # Clip 2 is a sample, which keeps its answer.
            set_widget(app, "second_clip_way_in", UPLOAD)
            content = (COMPUTER_VOICES / "sad_male.wav").read_bytes()
            set_widget(app, "second_clip_upload", ("other.wav", content, "audio/wav"))
        assert inferred_words(app) == [], path
    assert load_audio(computer_voice).sha256 not in judged_hashes


@pytest.mark.parametrize("basis", [AVERAGES, NETWORK])
def test_a_recording_is_not_placed_on_the_sound_map(
    open_app: OpenApp, computer_voice: bytes, judged_hashes: set[str], basis: str
) -> None:
    app = record(open_by_link(open_app), computer_voice)
    app.switch_page("pages/dataset.py").run()
    set_widget(set_widget(app, "data_section", "Sound map"), "map_basis", basis)
    assert not app.exception
    assert "Choose a sample on the first page" in visible_text(app)
    assert load_audio(computer_voice).sha256 not in judged_hashes


@pytest.mark.parametrize("page", CLIP_PAGES)
def test_an_uploaded_file_gets_features_and_the_reason_for_no_answer(
    open_app: OpenApp, computer_voice: bytes, judged_hashes: set[str], page: str
) -> None:
    app = upload(choose_way_in(open_by_link(open_app), UPLOAD), "voice.wav", computer_voice)
    app.switch_page(page).run()
    assert not app.exception
    assert inferred_words(app) == [] or page == "pages/compare.py"
    if page != "pages/explore.py":
        assert "article 5(1)(f)" in visible_text(app)
    if page != "pages/why.py":
        assert app.get("plotly_chart") or app.get("bidi_component")
    assert load_audio(computer_voice).sha256 not in judged_hashes


@pytest.mark.parametrize("page", ["pages/recognise.py", "pages/why.py", "pages/compare.py", "pages/voice_lab.py"])
def test_samples_keep_their_answers(open_app: OpenApp, page: str) -> None:
    app = choose_way_in(open_by_link(open_app), SAMPLE)
    app.selectbox[0].select_index(0).run()
    app.switch_page(page).run()
    assert not app.exception
    assert any(answer in visible_text(app) for answer in ANSWERS)
    assert "article 5(1)(f)" not in visible_text(app) or page == "pages/recognise.py"


def test_why_offers_samples_alone(open_app: OpenApp, computer_voice: bytes) -> None:
    """It can explain no answer for an own voice, because there is none."""
    app = open_by_link(open_app, "pages/why.py")
    assert not app.audio_input
    assert not app.get("file_uploader")
    assert "choose a sample" in app.info[0].value
    set_widget(app, "sample_emotion", "sad")
    app.selectbox[0].select_index(0).run()
    assert any(answer in visible_text(app) for answer in ANSWERS)
    app = record(open_by_link(open_app), computer_voice).switch_page("pages/why.py").run()
    assert "article 5(1)(f)" in visible_text(app)
    assert not app.audio_input
