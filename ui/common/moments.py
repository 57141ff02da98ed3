"""The moments of a longer clip: stretches of one emotion each, and their words."""

from __future__ import annotations

from ser_core.emotions import BY_LABEL
from ser_core.inference.recognizer import Prediction
from ser_core.inference.story import Stretch, find_stretches, span
from ui.common.clip import Clip
from ui.common.words import percent

# A shorter clip is one sentence, and its windows overlap almost completely.
_STORY_FROM_S = 6.0


def stretches_of(clip: Clip, prediction: Prediction) -> tuple[Stretch, ...]:
    """Return how a clip changes; nothing for a short clip."""
    if prediction.timeline is None or clip.audio.duration_s < _STORY_FROM_S:
        return ()
    return find_stretches(prediction.timeline, clip.audio.duration_s)


def moment_words(stretch: Stretch) -> str:
    """Return what a stretch of a longer clip sounds like: ``"0:05-0:08: angry, 71%"``."""
    heading = span(stretch.start_s, stretch.end_s)
    if stretch.emotion is None:
        return f"{heading}: hard to tell"
    return f"{heading}: {BY_LABEL[stretch.emotion].adjective}, {percent(stretch.probability)}"
