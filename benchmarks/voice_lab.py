"""From a moved slider of the voice lab to the changed clip, its features, its figure and the network's answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.measurement import Measurement, Setting, interleaved_ms
from ser_core import Recognizer, extract_features, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.features.cues import measure_cues
from ser_core.voice import PRESETS, change_voice
from ui.common import pairs

SUBJECT = "voice_lab"

_DURATION_S = 3.0


def measure(setting: Setting) -> list[Measurement]:
    """Return the time from a moved slider to the finished page, in total and for each step."""
    samples = np.resize(load_audio(setting.voice).samples, round(_DURATION_S * SAMPLE_RATE_HZ))
    clip, change, recognizer = from_samples(samples, SAMPLE_RATE_HZ), PRESETS[0].change, Recognizer()
    changed = change_voice(clip, change).audio
    features, changed_features = extract_features(clip), extract_features(changed)

    def draw() -> str:
        sides = pairs.Side("before", clip, features), pairs.Side("after", changed, changed_features)
        return str(pairs.feature_figure(*sides).to_json())

    steps: dict[str, tuple[str, Callable[[], object]]] = {
        "change": ("the changed voice", lambda: change_voice(clip, change)),
        "pack": ("packing for the player", lambda: to_wav_bytes(changed.samples)),
        "predict": ("prediction", lambda: recognizer.predict(changed)),
        "features": ("features", lambda: extract_features(changed)),
        "cues": ("cues", lambda: measure_cues(changed_features)),
        "draw": ("the figure", draw),
    }
    times_ms = interleaved_ms({key: run for key, (_, run) in steps.items()}, setting.repeats)
    total_ms = tuple(float(total) for total in np.sum(list(times_ms.values()), axis=0))
    return [
        Measurement(
            SUBJECT, "slider", f"A slider of the voice lab, {_DURATION_S:.0f} s of sound", "ms", total_ms, 300.0
        ),
        *(
            Measurement(SUBJECT, key, f"of that: {name}", "ms", tuple(times_ms[key]))
            for key, (name, _) in steps.items()
        ),
    ]
