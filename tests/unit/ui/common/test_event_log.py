"""The log for the host: JSON lines without any content of a visitor's clip."""

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


def logged(lines: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.text.splitlines()]


def test_an_event_is_one_json_line_with_time_and_fields(lines: pytest.LogCaptureFixture) -> None:
    event_log.log_event("prediction", audio_s=2.5, unsure=True)
    (line,) = logged(lines)
    assert str(line.pop("time")).endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "ui.common.event_log",
        "event": "prediction",
        "audio_s": 2.5,
        "unsure": True,
    }


@pytest.mark.parametrize("field", ["emotion", "name", "file", "session", "sha256", "title"])
def test_personal_fields_are_refused(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        event_log.log_event("prediction", **{field: "angry"})


def test_a_timed_event_has_its_duration_and_the_fields_of_the_block(lines: pytest.LogCaptureFixture) -> None:
    with event_log.timed("prediction", audio_s=1.0) as fields:
        fields["unsure"] = False
    (line,) = logged(lines)
    assert isinstance(line["duration_ms"], float)
    assert line["duration_ms"] >= 0.0
    assert (line["audio_s"], line["unsure"]) == (1.0, False)


def test_a_failed_block_is_not_logged(lines: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError), event_log.timed("prediction"):
        raise ZeroDivisionError
    assert logged(lines) == []


def test_an_error_is_logged_by_type_and_place_without_its_message(lines: pytest.LogCaptureFixture) -> None:
    try:
        raise FileNotFoundError("my secret diary.wav")
    except FileNotFoundError:
        logging.getLogger("ui.somewhere").exception("a page stopped")
    (line,) = logged(lines)
    assert line["error"] == "FileNotFoundError"
    assert isinstance(line["where"], list)
    assert line["where"][-1].startswith("test_event_log.py:")
    assert "diary" not in lines.text


def test_an_error_of_the_project_is_logged_with_its_problem(lines: pytest.LogCaptureFixture) -> None:
    error = UnreadableAudioError("The file is not sound", expected="sound", advice="Try another file")
    error.__cause__ = ValueError("my secret diary.wav")
    logging.getLogger("ui.somewhere").error("a page stopped", exc_info=error)
    (line,) = logged(lines)
    assert (line["problem"], line["cause"]) == ("The file is not sound", "ValueError")
    assert "diary" not in lines.text


def test_configuring_twice_writes_each_event_once(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("ui")
    handlers, level = logger.handlers[:], logger.level
    logger.handlers.clear()
    try:
        event_log.configure()
        event_log.configure()
        (handler,) = logger.handlers
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(sys.stderr)
        event_log.log_event("once")
    finally:
        logger.handlers[:] = handlers
        logger.setLevel(level)
    assert capsys.readouterr().err.count("once") == 1
