"""The sliders of the voice lab, and the buttons that set them all at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import streamlit as st

from ser_core.emotions import BY_LABEL
from ser_core.voice import NEUTRAL, PRESETS, RANGES, VoiceChange


class _Slider(NamedTuple):
    """How one part of a change is set."""

    label: str
    step: float
    number_format: str
    explanation: str


# One for each part of ``VoiceChange``; a test holds that.
SLIDERS: dict[str, _Slider] = {
    "pitch_st": _Slider("Pitch (semitones)", 0.5, "%+.1f", "Higher or lower; twelve semitones are an octave."),
    "intonation": _Slider("Intonation (times as wide)", 0.1, "%.1f", "How far the melody swings; 0 is a monotone."),
    "tempo": _Slider("Tempo (times as fast)", 0.05, "%.2f", "Faster or slower, at the same pitch."),
    "loudness_db": _Slider(
        "Loudness (dB)", 1.0, "%+.0f", "The network does not hear this one: it compares each clip with its own loudest."
    ),
    "brightness_db": _Slider("Brightness (dB of treble)", 1.0, "%+.0f", "More treble is sharper, less is duller."),
    "hoarseness": _Slider("Hoarseness (share of noise)", 0.05, "percent", "How much of the voice becomes breath."),
}


def ask_for_change() -> VoiceChange:
    """Show presets and sliders; return what they are set to."""
    st.markdown("**Make it ...**")
    with st.container(horizontal=True):
        for preset in PRESETS:
            st.button(
                f"{BY_LABEL[preset.emotion].icon} {preset.title}",
                key=f"preset_{preset.emotion}",
                help=f"{preset.finding} Source: {preset.source}.",
                on_click=_set_sliders,
                args=(preset.change,),
            )
    st.markdown("**... or move one thing at a time**")
    for name, slider in SLIDERS.items():
        key = _key(name)
        # Not the widget's own default, which may not be set from a button as well.
        st.session_state.setdefault(key, getattr(NEUTRAL, name))
        st.slider(
            slider.label,
            *RANGES[name],
            step=slider.step,
            format=slider.number_format,
            help=slider.explanation,
            key=key,
            persist_state="session",
        )
    change = VoiceChange(**{name: st.session_state[_key(name)] for name in SLIDERS})
    st.button(
        "Back to the original",
        icon=":material/restart_alt:",
        disabled=change == NEUTRAL,
        on_click=_set_sliders,
        args=(NEUTRAL,),
    )
    for preset in PRESETS:
        if change == preset.change:
            st.caption(f"{preset.finding} ({preset.source}.) The directions are theirs, the amounts are ours.")
    return change


def _key(name: str) -> str:
    return f"lab_{name}"


def _set_sliders(change: VoiceChange) -> None:
    for name, value in asdict(change).items():
        st.session_state[_key(name)] = value
