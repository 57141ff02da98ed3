"""The eight emotions: their order, colour, icon and plain words.

The order is the network's: position ``i`` of a probability vector belongs to ``LABELS[i]``. Colours follow
the hue that most people link with the emotion, and differ in lightness so that they stay apart for
colour-blind readers; no chart tells emotions apart by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Emotion:
    """One of the eight labels, in the words and colours that people see.

    Parameters
    ----------
    label : str
        The name in tables, files and the command line: ``"happy"``.
    adjective : str
        The word that completes "sounds like what listeners call ...".
    icon : str
        One emoji.
    colour : str
        ``#rrggbb``, at least 3:1 against both white and the dark theme's background.
    """

    label: str
    adjective: str
    icon: str
    colour: str


EMOTIONS: tuple[Emotion, ...] = (
    Emotion("angry", "angry", "😠", "#d9363e"),
    Emotion("calm", "calm", "😌", "#2a9d8f"),
    Emotion("disgust", "disgusted", "🤢", "#6b8e23"),
    Emotion("fear", "afraid", "😨", "#8e5bd0"),
    Emotion("happy", "happy", "😄", "#c98a00"),
    Emotion("neutral", "neutral", "😐", "#808a94"),
    Emotion("sad", "sad", "😢", "#3f7fd9"),
    Emotion("surprise", "surprised", "😲", "#d1569b"),
)

LABELS: tuple[str, ...] = tuple(emotion.label for emotion in EMOTIONS)

BY_LABEL: dict[str, Emotion] = {emotion.label: emotion for emotion in EMOTIONS}

# What other corpora and folders call the same eight; boredom and the like have no counterpart and no entry.
SYNONYMS: dict[str, str] = {
    "anger": "angry",
    "ang": "angry",
    "calmness": "calm",
    "disgusted": "disgust",
    "dis": "disgust",
    "fearful": "fear",
    "afraid": "fear",
    "fea": "fear",
    "happiness": "happy",
    "joy": "happy",
    "hap": "happy",
    "neu": "neutral",
    "sadness": "sad",
    "surprised": "surprise",
    "pleasant_surprise": "surprise",
    "pleasant_surprised": "surprise",
    "ps": "surprise",
}


def to_label(word: str) -> str | None:
    """Return the label that a corpus or folder means by ``word``.

    Parameters
    ----------
    word : str
        A name for an emotion, in any case: ``"Happiness"``, ``"ps"``, ``"angry"``.

    Returns
    -------
    str or None
        One of ``LABELS``, or None where the word has no counterpart among them.
    """
    key = word.strip().lower().replace(" ", "_").replace("-", "_")
    return key if key in BY_LABEL else SYNONYMS.get(key)
