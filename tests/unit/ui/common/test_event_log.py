"""The host's log: lines that a machine reads, and nothing of anybody's voice."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from ser_core.errors import UnreadableAudioError
from ui.common import event_log


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.handler.setFormatter(event_log.JsonLines())
    caplog.set_level(logging.INFO)
    return caplog


def told(lines: pytest.LogCaptureFixture) -> list[dict]:
    return [json.loads(line) for line in lines.text.splitlines()]


def test_an_event_is_one_line_of_json_with_its_time_and_fields(lines: pytest.LogCaptureFixture) -> None:
    event_log.tell("prediction", audio_s=2.5, unsure=True)
    (line,) = told(lines)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "ui.common.event_log",
        "event": "prediction",
        "audio_s": 2.5,
        "unsure": True,
    }


@pytest.mark.parametrize("field", ["emotion", "name", "file", "session", "sha256", "title"])
def test_there_is_no_field_for_anything_personal(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        event_log.tell("prediction", **{field: "angry"})


def test_what_is_timed_tells_how_long_it_took_and_what_came_of_it(lines: pytest.LogCaptureFixture) -> None:
    with event_log.timed("prediction", audio_s=1.0) as fields:
        fields["unsure"] = False
    (line,) = told(lines)
    assert line["duration_ms"] >= 0.0
    assert (line["audio_s"], line["unsure"]) == (1.0, False)


def test_what_failed_is_not_timed(lines: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError), event_log.timed("prediction"):
        raise ZeroDivisionError
    assert told(lines) == []


def test_an_error_tells_its_kind_and_place_but_quotes_nothing(lines: pytest.LogCaptureFixture) -> None:
    try:
        raise FileNotFoundError("my secret diary.wav")
    except FileNotFoundError:
        logging.getLogger("ui.somewhere").exception("a page stopped")
    (line,) = told(lines)
    assert line["error"] == "FileNotFoundError"
    assert line["where"][-1].startswith("test_event_log.py:")
    assert "diary" not in lines.text


def test_an_error_of_ours_tells_what_was_found(lines: pytest.LogCaptureFixture) -> None:
    error = UnreadableAudioError("The file is not sound", expected="Sound", advice="Try another file")
    error.__cause__ = ValueError("my secret diary.wav")
    logging.getLogger("ui.somewhere").error("a page stopped", exc_info=error)
    (line,) = told(lines)
    assert (line["found"], line["cause"]) == ("The file is not sound", "ValueError")
    assert "diary" not in lines.text


def test_configuring_again_writes_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("ui")
    kept = logger.handlers[:], logger.level
    logger.handlers.clear()
    try:
        event_log.configure()
        event_log.configure()
        (handler,) = logger.handlers
        handler.setStream(sys.stderr)
        event_log.tell("once")
    finally:
        logger.handlers[:], level = kept
        logger.setLevel(level)
    assert capsys.readouterr().err.count("once") == 1
