"""Actions of a visitor on any page, under AppTest."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from ser_core.errors import RelayError
from ser_core.live import LiveSession

OpenApp = Callable[..., AppTest]


def choose_way_in(app: AppTest, way: str) -> AppTest:
    """Choose to record, to upload or to pick a sample, and run the page again. The first screen shows all three."""
    try:
        return set_widget(app, "way_in", way)
    except KeyError:
        return app


def upload(app: AppTest, name: str, content: bytes, mime: str = "audio/wav") -> AppTest:
    """Upload a file, and run the page again."""
    return app.file_uploader[0].set_value((name, content, mime)).run()


def set_widget(app: AppTest, key: str, value: object) -> AppTest:
    """Set the widget with this key to a value, and run the page again."""
    widget = app.get_by_key(key)
    assert isinstance(widget, Widget)
    widget.set_value(value)
    return app.run()


def card(app: AppTest) -> dict[str, Any]:
    """Return what the card of the answer shows; an empty dictionary without a card."""
    for component in app.get("bidi_component"):
        if component.key == "answer_card":
            data: dict[str, Any] = json.loads(component.proto.mixed.json or component.proto.json)
            return data
    return {}


def card_text(app: AppTest) -> str:
    """Return the headline of the card of the answer; an empty text without a card."""
    return "".join(text for text, _ in card(app).get("headline", ()))


def differences(app: AppTest) -> dict[str, str]:
    """Return the difference of each cue in the table of two clips, by the cue's name without its link."""
    table = app.table[0].value
    names = [re.sub(r"\[(.*)\]\(.*\)", r"\1", cell) for cell in table.iloc[:, 0]]
    return dict(zip(names, table["difference"], strict=True))


def visible_text(app: AppTest) -> str:
    """Return the page's texts and messages, and the headline of its card, one per line."""
    texts = [*app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join([card_text(app), *(text.value for text in texts)])


def warming_threads() -> list[threading.Timer]:
    """Return the background threads of ``ui.shell.warming`` that have not ended."""
    return [
        thread for thread in threading.enumerate() if isinstance(thread, threading.Timer) and thread.name == "warming"
    ]


class StubBrowser:
    """Replaces streamlit-webrtc: the Start button of one visitor, and the sound from the microphone."""

    def __init__(self) -> None:
        self.on = False
        self.session: LiveSession | None = None
        self.servers: list[dict[str, Any]] | None = None
        self.is_cleaned: bool | None = None
        self.openings: list[int] = []
        self.forgotten = 0
        self.fault: RelayError | None = None

    def is_on(self) -> bool:
        return self.on

    def show(
        self, session: LiveSession | None, servers: list[dict[str, Any]], *, is_cleaned: bool, opening: int
    ) -> bool:
        if self.fault:
            raise self.fault
        self.openings.append(opening)
        self.session, self.servers, self.is_cleaned = session, servers, is_cleaned
        return self.on

    def forget(self) -> None:
        self.forgotten += 1
        self.on = False

    @property
    def open_session(self) -> LiveSession:
        """The session that receives the sound; there must be one."""
        assert self.session is not None
        return self.session

    def say(self, samples: npt.NDArray[np.float32]) -> None:
        self.open_session.feed(samples[:, None], 16_000)
