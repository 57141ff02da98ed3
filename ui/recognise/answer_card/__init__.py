"""The card of an answer: the emotion and its face, how sure, the waveform with a cursor, the listeners' votes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ser_core.inference.story import Stretch, tell_story
from ui.common import faces
from ui.common.clip import Clip
from ui.common.moments import moment_words
from ui.common.served_files import serve
from ui.common.verdict import intention_words
from ui.common.waveform_bars import bar_heights
from ui.common.web import with_controls_style, with_server_address, with_shared_sound
from ui.recognise.words import CardWords, vote_words

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "answer_card",
    html=(_HERE / "answer_card.html").read_text(encoding="utf-8"),
    css=with_controls_style((_HERE / "answer_card.css").read_text(encoding="utf-8")),
    js=with_shared_sound(with_server_address((_HERE / "answer_card.js").read_text(encoding="utf-8"))),
)


def show_card(clip: Clip, words: CardWords, stretches: Sequence[Stretch] = ()) -> None:
    """Show the card.

    Parameters
    ----------
    clip : Clip
        The clip.
    words : CardWords
        What the card says about it.
    stretches : sequence of Stretch
        How a longer clip changes.
    """
    intention = intention_words(clip, words.named)
    n_votes = sum(clip.votes.values()) if clip.votes else 0
    _mount(
        key="answer_card",
        data={
            "title": f"{clip.name}, {clip.audio.duration_s:.1f} s",
            "kind": ("none", "one", "several")[min(len(words.named), 2)],
            "labels": words.named,
            "faces": [faces.address(name) for name in words.named or (faces.OPEN,)],
            "headline": words.headline,
            "sure": words.sureness,
            "shares": words.shares,
            "notes": [intention] if intention else [],
            "voters": f"{n_votes} people who only heard it:",
            "votes": [(label, count / n_votes) for label, count in (clip.votes or {}).items() if count],
            "votes_words": vote_words(clip.votes) if clip.votes else "",
            "story": tell_story(stretches),
            "stretches": [
                {
                    "start_s": stretch.start_s,
                    "end_s": stretch.end_s,
                    "label": stretch.emotion,
                    "words": moment_words(stretch),
                }
                for stretch in stretches
            ],
            "bars": bar_heights(clip.audio.samples),
            "duration_s": clip.audio.duration_s,
            "sound_id": clip.sample_id or clip.audio.sha256,
            "url": serve(clip.wav, "audio/wav", "answer_card"),
            "plays_at_once": clip.is_sample,
        },
    )
