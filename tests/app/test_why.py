"""The page that says why."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from tests.app.visiting import OpenApp, go, upload, wav
from ui.common.intake import UPLOAD

PAGE = "pages/why.py"


def samples_of(voice: bytes) -> np.ndarray:
    return soundfile.read(io.BytesIO(voice))[0]


def ask_why(open_app: OpenApp, content: bytes) -> AppTest:
    app = upload(go(open_app(), UPLOAD), "voice.wav", content)
    return app.switch_page(PAGE).run()


def reason(app: AppTest) -> str | None:
    said = [box.value for box in app.info if "network hear" in box.value]
    return said[0] if said else None


def test_without_a_clip_it_says_what_to_do(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert "No clip yet" in app.info[0].value


def test_a_voice_gets_one_sentence_a_chart_and_the_part_to_listen_to(open_app: OpenApp, computer_voice: bytes) -> None:
    app = ask_why(open_app, computer_voice)
    assert not app.exception
    assert reason(app)
    assert reason(app).count(". ") == 0
    assert len(app.get("plotly_chart")) == 1
    assert len(app.get("audio")) == 2
    assert any("Hide the quarter" in line.value for line in app.markdown)
    assert any("| pitch |" in line.value for line in app.markdown)


def test_recognise_leads_here(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(go(open_app(), UPLOAD), "voice.wav", computer_voice)
    assert "why" in [link.proto.page for link in app.get("page_link")]


def test_silence_has_no_reason_unless_asked_for(open_app: OpenApp) -> None:
    app = ask_why(open_app, wav(np.zeros(32_000)))
    assert not app.exception
    assert reason(app) is None
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert "No moment and no band" in reason(app)


@pytest.mark.parametrize("duration_s", [0.6, 8.0])
def test_any_length_has_a_reason(open_app: OpenApp, computer_voice: bytes, duration_s: float) -> None:
    voice = np.resize(samples_of(computer_voice), round(16_000 * duration_s))
    app = ask_why(open_app, wav(voice))
    assert not app.exception
    assert reason(app)
    assert not any("most telling" in line.value for line in app.caption)


def test_of_a_long_clip_it_says_which_part_was_looked_at(open_app: OpenApp, computer_voice: bytes) -> None:
    app = ask_why(open_app, wav(np.resize(samples_of(computer_voice), 16_000 * 75)))
    assert not app.exception
    assert any("most telling 60 seconds" in line.value for line in app.caption)
