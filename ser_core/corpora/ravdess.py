"""RAVDESS: 24 actors who speak and sing two sentences; ``03-01-06-01-02-01-12.wav``.

The seven numbers are modality, channel, emotion, intensity, statement, repetition and actor. Livingstone and
Russo, "The Ryerson Audio-Visual Database of Emotional Speech and Song", PLoS ONE 13(5), 2018.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Skipped, Utterance, in_label_order

SPEECH = "RAVDESS"
SONG = "RAVDESS song"

_EMOTION = {
    "01": "neutral",
    "02": "calm",
    "03": "happy",
    "04": "sad",
    "05": "angry",
    "06": "fear",
    "07": "disgust",
    "08": "surprise",
}
LABELS_OF = {
    SPEECH: in_label_order(_EMOTION.values()),
    SONG: in_label_order(("neutral", "calm", "happy", "sad", "angry", "fear")),
}

_NAME = re.compile(
    r"(?P<modality>0[1-3])-(?P<channel>0[12])-(?P<emotion>0[1-8])-(?P<intensity>0[12])"
    r"-(?P<statement>0[12])-0[12]-(?P<actor>0[1-9]|1\d|2[0-4])",
    re.ASCII,
)
_AUDIO_ONLY = "03"
_CHANNEL = {"01": SPEECH, "02": SONG}
_INTENSITY = {"01": "normal", "02": "strong"}
_UNUSABLE = {"03-01-03-01-02-02-07": "byte for byte the same recording as 03-01-03-01-02-01-07"}


def parse_name(path: PurePosixPath) -> Reading:
    """Parse a file name of RAVDESS, also of a recording that is unusable because it repeats another.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName, Skipped or None
        None where the name does not follow RAVDESS's rules. ``Skipped`` for a video, and for an emotion that the
        corpus does not have.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    if match["modality"] != _AUDIO_ONLY:
        return Skipped(str(path), "a RAVDESS video: only its audio-only recordings (03-...) are used")
    corpus = _CHANNEL[match["channel"]]
    emotion = _EMOTION[match["emotion"]]
    if emotion not in LABELS_OF[corpus]:
        return Skipped(str(path), f"{corpus} has no such emotion: {emotion}")
    utterance = Utterance(
        path=str(path),
        corpus=corpus,
        # The same actors speak and sing.
        speaker=f"{SPEECH}-{match['actor']}",
        sex="male" if int(match["actor"]) % 2 else "female",
        emotion=emotion,
        sentence=match["statement"],
        intensity=_INTENSITY[match["intensity"]],
    )
    return ParsedName(utterance, path.stem)


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of RAVDESS.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName, Skipped or None
        None where the name does not follow RAVDESS's rules. ``Skipped`` for a recording that cannot be used.
    """
    if path.stem in _UNUSABLE:
        return Skipped(str(path), _UNUSABLE[path.stem])
    return parse_name(path)
