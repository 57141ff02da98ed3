"""The choice of the part of a longer clip that the Why page explains: all of it, or one moment."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.inference.recognizer import TIMELINE_FROM_S, Prediction
from ui.common import engine, links
from ui.common.clip import Clip
from ui.common.moments import moment_words, stretches_of

_WHOLE_CLIP = "whole"


def choose_part(clip: Clip, prediction: Prediction) -> tuple[Clip, Prediction]:
    """Let the visitor choose a moment of a longer clip; the address names it.

    Parameters
    ----------
    clip : Clip
        The clip.
    prediction : Prediction
        Its prediction.

    Returns
    -------
    Clip
        The chosen part, or the whole clip. A shorter moment is extended to one window of the network.
    Prediction
        The prediction for it.
    """
    stretches = {f"{stretch.start_s:.1f}": stretch for stretch in stretches_of(clip, prediction)}
    if len(stretches) < 2:
        return clip, prediction
    texts = {_WHOLE_CLIP: "The whole clip", **{start: moment_words(stretch) for start, stretch in stretches.items()}}
    parameter = links.option("moment", texts, _WHOLE_CLIP)
    key = f"why_moment_{clip.audio.sha256}"
    parameter.start(key)
    chosen = st.selectbox(
        "Which part of the clip?",
        list(texts),
        format_func=lambda start: texts.get(start, start),
        key=key,
    )
    parameter.keep(chosen)
    if chosen == _WHOLE_CLIP:
        return clip, prediction
    start_s, end_s = stretches[chosen].start_s, stretches[chosen].end_s
    missing_s = max(TIMELINE_FROM_S - (end_s - start_s), 0.0)
    first = max(round((start_s - missing_s / 2) * SAMPLE_RATE_HZ), 0)
    samples = clip.audio.samples[first : round((end_s + missing_s / 2) * SAMPLE_RATE_HZ)]
    part = replace(clip, audio=from_samples(samples, SAMPLE_RATE_HZ), wav=to_wav_bytes(samples))
    # The moment is compared with the same profile as the whole clip, so that both answers agree.
    return part, engine.predict_part(part.audio, prediction)
