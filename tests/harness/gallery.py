"""A page with the app's own components, drawn from fixed data, for ``tests.browser.test_component_pictures_browser``.

``?component=NAME`` shows one of them. Streamlit runs this file in place of ``app.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.audio.loading import Audio, load_audio, to_wav_bytes
from ser_core.emotions import LABELS
from ser_core.features.extraction import extract_features
from ser_core.inference.story import Stretch
from ui.common import faces
from ui.common.ab_player import Track, ab_player
from ui.common.clip import Clip
from ui.common.panels import BY_KEY
from ui.common.web import page_style
from ui.explore.player import synced_player
from ui.explore.stacked_figure import stacked_figure
from ui.live.live_charts import show_live_charts
from ui.recognise.answer_card import show_card
from ui.recognise.voices_stage import show_voices
from ui.recognise.words import CardWords

_VOICES = Path(__file__).resolve().parents[2] / "samples" / "computer_voices"
_SURE = CardWords(("angry",), (("This voice sounds ", ""), ("angry", "angry")), "Quite sure: 78%", (("angry", 0.78),))
_LEANING = CardWords(
    ("fear", "sad"),
    (("This voice sounds ", ""), ("afraid", "fear"), (" or ", ""), ("sad", "sad")),
    "Not sure: 45% and 30%",
    (("fear", 0.45), ("sad", 0.3)),
)
_OPEN = CardWords(
    (),
    (("Hard to tell", ""),),
    "4 emotions are possible; it sounds least surprised",
    (("sad", 0.3), ("neutral", 0.25), ("angry", 0.2), ("calm", 0.1)),
)
_STORY = (
    Stretch(0.0, 0.8, "sad", 0.6),
    Stretch(0.8, 1.4, None, 0.3),
    Stretch(1.4, 1.9, "calm", 0.5),
    Stretch(1.9, 2.6, "sad", 0.7),
)


def _audio(name: str = "sad_male") -> Audio:
    return load_audio(_VOICES / f"{name}.wav")


def _card(words: CardWords, stretches: tuple[Stretch, ...] = ()) -> None:
    audio = _audio()
    # A visitor's own clip, because a sample plays at once.
    votes = {"angry": 8, "disgust": 2} if words is _SURE else None
    show_card(Clip("Your file", audio, to_wav_bytes(audio.samples), intended="angry", votes=votes), words, stretches)


def _explore_player() -> None:
    audio = _audio()
    figure = stacked_figure(audio, extract_features(audio), [BY_KEY[key] for key in ("waveform", "mel", "rms")])
    synced_player(figure, to_wav_bytes(audio.samples), audio.duration_s, image_name="figure", key="explore_player")


def _faces() -> None:
    images = "".join(f'<img src="{faces.address(name)}" width="72" alt="">' for name in (*LABELS, faces.MARK))
    st.html(f'<div class="face-row">{images}</div>')


# By name: the function that shows a component.
COMPONENTS: dict[str, Callable[[], object]] = {
    "card-sure": lambda: _card(_SURE),
    "card-leaning": lambda: _card(_LEANING),
    "card-open": lambda: _card(_OPEN),
    "card-story": lambda: _card(_LEANING, _STORY),
    "voices": lambda: show_voices(is_compact=False),
    "voices-compact": lambda: show_voices(is_compact=True),
    "ab-player": lambda: ab_player([Track("Before", _audio()), Track("After", _audio("happy_male"))], key="ab"),
    "explore-player": _explore_player,
    "live-charts": lambda: show_live_charts(is_running=True, is_classroom=False),
    "live-charts-classroom": lambda: show_live_charts(is_running=True, is_classroom=True),
    "faces": _faces,
}

if __name__ == "__main__":
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    st.html(f"<style>{page_style()}</style>")
    # The pages' style keeps room for a menu, which this page does not have.
    st.html("<style>[data-testid=stAppViewContainer] { padding-inline-start: 0 !important; }</style>")
    COMPONENTS[st.query_params["component"]]()
