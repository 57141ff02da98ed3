"""CREMA-D: 91 actors, twelve sentences, six emotions; ``1001_DFA_ANG_XX.wav``.

Cao et al., "CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset", IEEE Transactions on Affective
Computing 5(4), 2014.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Skipped, Utterance, in_label_order

CORPUS = "CREMA-D"

_EMOTION = {"ANG": "angry", "DIS": "disgust", "FEA": "fear", "HAP": "happy", "NEU": "neutral", "SAD": "sad"}
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

# One published name ends in _X where all others of its kind end in _XX.
_NAME = re.compile(
    r"(?P<actor>1\d{3})_(?P<sentence>[A-Z]{3})_(?P<emotion>ANG|DIS|FEA|HAP|NEU|SAD)_(?P<level>LO|MD|HI|XX?)",
    re.ASCII | re.IGNORECASE,
)
_INTENSITY = {"LO": "low", "MD": "medium", "HI": "high", "XX": "unspecified"}
_ACTORS = range(1001, 1092)
# From the corpus' VideoDemographics.csv; the other 48 actors are men.
# fmt: off
_FEMALE_ACTORS = frozenset((
    1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025,
    1028, 1029, 1030, 1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060,
    1061, 1063, 1072, 1073, 1074, 1075, 1076, 1078, 1079, 1082, 1084, 1089, 1091,
))
# fmt: on
_TWO_LABELS = "the corpus holds the same bytes under two labels, so neither label can be trusted"
_UNUSABLE = {
    "1006_TIE_HAP_XX": _TWO_LABELS,
    "1006_TIE_NEU_XX": _TWO_LABELS,
    "1013_WSI_DIS_XX": _TWO_LABELS,
    "1013_WSI_SAD_XX": _TWO_LABELS,
    "1017_IWW_ANG_XX": _TWO_LABELS,
    "1017_IWW_FEA_XX": _TWO_LABELS,
    "1064_IEO_DIS_MD": "the recording holds several emotions",
    "1076_MTI_SAD_XX": "the recording holds no voice",
}


def parse_name(path: PurePosixPath) -> ParsedName | None:
    """Parse a file name of CREMA-D, whether or not the recording can be used.

    The corpus is distributed as WAV and MP3. The clips that were reconstructed from published mel spectrograms are
    stored as Opus, so a clip whose name ends in ``.opus`` counts as reconstructed.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name does not follow CREMA-D's rules.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None or int(match["actor"]) not in _ACTORS:
        return None
    level = match["level"].upper().ljust(2, "X")
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{match['actor']}",
        sex="female" if int(match["actor"]) in _FEMALE_ACTORS else "male",
        emotion=_EMOTION[match["emotion"].upper()],
        sentence=match["sentence"].upper(),
        intensity=_INTENSITY[level],
        reconstructed=path.suffix.lower() == ".opus",
    )
    return ParsedName(utterance, f"{match['actor']}_{match['sentence']}_{match['emotion']}_{level}".upper())


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of CREMA-D.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName, Skipped or None
        None where the name does not follow CREMA-D's rules. ``Skipped`` for a recording that is known to be unusable.
    """
    parsed = parse_name(path)
    if parsed is not None and parsed.recording in _UNUSABLE:
        return Skipped(str(path), _UNUSABLE[parsed.recording])
    return parsed
