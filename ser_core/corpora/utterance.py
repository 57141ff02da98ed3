"""The record of one recording, and the possible results of parsing a file name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ser_core.emotions import LABELS


@dataclass(frozen=True)
class Utterance:
    """One usable recording: a row of the joint table.

    Parameters
    ----------
    path : str
        Path relative to the data folder, with forward slashes.
    corpus : str
        One of ``CORPORA``.
    speaker : str or None
        Identifies the voice over all corpora: ``"RAVDESS-01"``. None where unknown.
    sex : str
        ``"female"``, ``"male"`` or ``"unknown"``.
    emotion : str
        One of ``ser_core.emotions.LABELS``.
    sentence : str or None
        The corpus' own short code for the spoken sentence, never its words. None where unknown.
    intensity : str
        ``"normal"`` or ``"strong"`` (RAVDESS), ``"low"``, ``"medium"`` or ``"high"`` (CREMA-D), or
        ``"unspecified"``.
    reconstructed : bool
        True for a waveform that was computed from a published spectrogram: its level and the fine detail of its pitch
        are not those of the original.
    """

    path: str
    corpus: str
    speaker: str | None
    sex: str
    emotion: str
    sentence: str | None
    intensity: str = "unspecified"
    reconstructed: bool = False


@dataclass(frozen=True)
class Skipped:
    """A file that is not used, with the reason.

    Parameters
    ----------
    path : str
        Path relative to the data folder, with forward slashes.
    reason : str
        A sentence for people. All files that share a reason have the same sentence, so that reasons can be counted.
    copy_of : str or None
        For a copy, the path of the recording that is kept.
    """

    path: str
    reason: str
    copy_of: str | None = None


@dataclass(frozen=True)
class ParsedName:
    """A file whose name follows the rules of a corpus.

    Parameters
    ----------
    utterance : Utterance
        The labels that the name carries.
    recording : str
        The corpus' own name of this recording. Two files of one corpus with the same ``recording`` are copies of
        each other, even if their folders, formats or spellings differ.
    """

    utterance: Utterance
    recording: str


# The result of parsing a file name with the rules of one corpus: a usable recording, a recording that is known to be
# unusable, or None for a name that does not follow the rules.
Reading = ParsedName | Skipped | None


def in_label_order(emotions: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct labels among ``emotions``, in the order of ``ser_core.emotions.LABELS``."""
    distinct = set(emotions)
    return tuple(label for label in LABELS if label in distinct)


@dataclass(frozen=True)
class LabelledName:
    """A recording of a corpus that is read on request, with the corpus' own word for its emotion.

    Parameters
    ----------
    corpus, speaker, sex, sentence
        As in ``Utterance``.
    word : str
        The corpus' word for the emotion: ``"anger"``. It need not have a counterpart among ``LABELS``.
    recording : str
        As in ``ParsedName``.
    """

    corpus: str
    speaker: str
    sex: str
    word: str
    sentence: str | None
    recording: str


# Reads a file name; None where it does not follow the corpus' rules.
NameReader = Callable[[PurePosixPath], LabelledName | None]
