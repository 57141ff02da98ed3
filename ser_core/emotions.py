"""The eight emotions: order and words.

The order is that of the network's output: position ``i`` of a probability vector belongs to ``LABELS[i]``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Emotion:
    """One of the eight emotions, with its words.

    Parameters
    ----------
    label : str
        Name in tables, files and the command line: ``"happy"``.
    adjective : str
        Word that completes "sounds like what listeners call ...".
    """

    label: str
    adjective: str


EMOTIONS: tuple[Emotion, ...] = (
    Emotion("angry", "angry"),
    Emotion("calm", "calm"),
    Emotion("disgust", "disgusted"),
    Emotion("fear", "afraid"),
    Emotion("happy", "happy"),
    Emotion("neutral", "neutral"),
    Emotion("sad", "sad"),
    Emotion("surprise", "surprised"),
)

LABELS: tuple[str, ...] = tuple(emotion.label for emotion in EMOTIONS)

BY_LABEL: dict[str, Emotion] = {emotion.label: emotion for emotion in EMOTIONS}

# Names of the same eight emotions in other corpora and folders. Other emotions, such as boredom, have no counterpart
# and no entry.
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
    """Return the label for an emotion's name in a corpus or a folder.

    Parameters
    ----------
    word : str
        Name of an emotion, in upper or lower case: ``"Happiness"``, ``"ps"``, ``"angry"``.

    Returns
    -------
    str or None
        One of ``LABELS``, or None if the word has no counterpart among them.
    """
    key = word.strip().lower().replace(" ", "_").replace("-", "_")
    return key if key in BY_LABEL else SYNONYMS.get(key)
