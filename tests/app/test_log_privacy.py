"""The log of a whole visit holds timing and nothing of the visitor."""

from __future__ import annotations

import json
import logging

import pytest

from ser_core import load_audio
from ser_core.emotions import LABELS
from tests.app.visiting import OpenApp, choose_way_in, upload
from ui.common import event_log
from ui.common.intake import UPLOAD


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.handler.setFormatter(event_log.JsonLines())
    caplog.set_level(logging.INFO)
    return caplog


def test_a_visit_is_logged_with_its_timing_only(
    open_app: OpenApp, computer_voice: bytes, log: pytest.LogCaptureFixture
) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "my secret diary.wav", computer_voice)
    app.switch_page("pages/why.py").run()
    app.switch_page("pages/voice_lab.py").run()
    upload(app, "my other diary.wav", b"no sound at all" * 50)
    assert not app.exception
    ours = [record for record in log.records if record.name.startswith(("ui", "ser_core", "pages"))]
    lines = [json.loads(log.handler.format(record)) for record in ours]
    events = [line["event"] for line in lines]
    assert {"app started", "network ready", "prediction", "features", "explanation", "clip refused"} <= set(events)
    # The pages run several times; the network is loaded once.
    assert events.count("app started") == events.count("network ready") == 1
    (prediction, *_) = (line for line in lines if line["event"] == "prediction")
    audio = load_audio(computer_voice)
    assert prediction["audio_s"] == pytest.approx(audio.duration_s, abs=0.06)
    assert 0.0 < prediction["duration_ms"] < 60_000.0
    written = "\n".join(map(json.dumps, lines))
    assert "diary" not in written
    assert audio.sha256[:8] not in written
    assert not [label for label in LABELS if label in written]
