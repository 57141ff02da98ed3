"""The sliders of the voice lab, and the presets that set all of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import streamlit as st

from ser_core.voice import NEUTRAL, PRESETS, RANGES, Preset, VoiceChange
from ser_core.voice.preset_effects import PRESET, PresetEffect, find_effect, read_preset_effects
from ser_core.voice.presets import SOURCE
from ui.common import links
from ui.common.faces import face


class _Slider(NamedTuple):
    """The slider for one part of a change."""

    label: str
    step: float
    number_format: str
    explanation: str


# One slider per field of ``VoiceChange``; a test checks this.
SLIDERS: dict[str, _Slider] = {
    "pitch_st": _Slider("Pitch (semitones)", 0.5, "%+.1f", "Higher or lower; twelve semitones are an octave."),
    "intonation": _Slider("Intonation (times as wide)", 0.1, "%.1f", "How far the melody goes up and down; 0 is flat."),
    "tempo": _Slider("Tempo (times as fast)", 0.05, "%.2f", "Faster or slower, at the same pitch."),
    "loudness_db": _Slider(
        "Loudness (dB)",
        1.0,
        "%+.0f",
        "This does not change the answer: levels are relative to the clip's own loudest moment.",
    ),
    "brightness_db": _Slider("Brightness (dB of high tones)", 1.0, "%+.0f", "More sounds sharper, less sounds duller."),
    "hoarseness": _Slider("Hoarseness (share of noise)", 0.05, "percent", "How much of the voice becomes breath."),
}


def ask_for_change() -> VoiceChange:
    """Show presets and sliders; return the change that they are set to."""
    st.markdown("**Make it ...**")
    with st.container(horizontal=True, key="lab_presets"):
        for preset in PRESETS:
            st.button(
                f"{face(preset.emotion)} {preset.title}",
                key=f"preset_{preset.emotion}",
                help=f"{preset.finding} Source: {SOURCE}.",
                on_click=_set_sliders,
                args=(preset.change,),
            )
    st.markdown("**... or move one slider at a time**")
    for name, slider in SLIDERS.items():
        key = _slider_key(name)
        parameter = links.number(name, *RANGES[name], slider.step, default=getattr(NEUTRAL, name))
        # Not the default of the widget: Streamlit does not allow a default and a value set by a button.
        parameter.start(key)
        value = st.slider(
            slider.label,
            *RANGES[name],
            step=slider.step,
            format=slider.number_format,
            help=slider.explanation,
            key=key,
            persist_state="session",
        )
        parameter.keep(value)
    change = VoiceChange(**{name: st.session_state[_slider_key(name)] for name in SLIDERS})
    st.button(
        "Back to the original",
        icon=":material/restart_alt:",
        disabled=change == NEUTRAL,
        on_click=_set_sliders,
        args=(NEUTRAL,),
    )
    for preset in PRESETS:
        if change == preset.change:
            _show_measurements(preset)
    return change


def _show_measurements(preset: Preset) -> None:
    effect = find_effect(_preset_effects(), preset.emotion, PRESET)
    st.caption(
        f"{preset.finding} (Source: {SOURCE}.) The amounts are this project's. They were tested on {effect.n_clips} "
        f"neutral recordings of {effect.n_speakers} other people: the probability of {preset.emotion} rose in "
        f"{effect.moved_share:.0%} of them, and the answer became {preset.emotion} in {effect.reached_share:.0%}."
    )


@st.cache_resource(show_spinner=False)
def _preset_effects() -> tuple[PresetEffect, ...]:
    return read_preset_effects()


def _slider_key(name: str) -> str:
    return f"lab_{name}"


def _set_sliders(change: VoiceChange) -> None:
    for name, value in asdict(change).items():
        st.session_state[_slider_key(name)] = value
