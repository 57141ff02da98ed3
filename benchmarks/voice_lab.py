"""From a moved slider of the voice lab to the changed clip, its features, its drawing and the network's answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.runner import Figure, Setting, interleaved_ms
from ser_core import Recognizer, extract_features, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.features.cues import measure_cues
from ser_core.voice import PRESETS, change_voice
from ui.common import pairs

SUBJECT = "voice_lab"

_DURATION_S = 3.0


def measure(setting: Setting) -> list[Figure]:
    """Return how long a moved slider takes, and where the time goes."""
    voice = np.resize(load_audio(setting.voice).samples, round(_DURATION_S * SAMPLE_RATE_HZ))
    clip, change, recognizer = from_samples(voice, SAMPLE_RATE_HZ), PRESETS[0].change, Recognizer()
    changed = change_voice(clip, change).audio
    before, after = extract_features(clip), extract_features(changed)
    steps: dict[str, tuple[str, Callable[[], Any]]] = {
        "change": ("the changed voice", lambda: change_voice(clip, change)),
        "pack": ("packing for the player", lambda: to_wav_bytes(changed.samples)),
        "predict": ("prediction", lambda: recognizer.predict(changed)),
        "features": ("features", lambda: extract_features(changed)),
        "cues": ("cues", lambda: measure_cues(after)),
        "draw": (
            "the figure",
            lambda: pairs.feature_figure(
                pairs.Side("before", clip, before), pairs.Side("after", changed, after)
            ).to_json(),
        ),
    }
    times_ms = interleaved_ms({key: run for key, (_, run) in steps.items()}, setting.repeats)
    total_ms = tuple(float(each) for each in np.sum(list(times_ms.values()), axis=0))
    return [
        Figure(SUBJECT, "slider", f"A slider of the voice lab, {_DURATION_S:.0f} s of sound", "ms", total_ms, 300.0),
        *(Figure(SUBJECT, key, f"of that: {words}", "ms", tuple(times_ms[key])) for key, (words, _) in steps.items()),
    ]
