"""What is known of one recording, and what reading a file name can end in."""

from __future__ import annotations

from dataclasses import dataclass

from ser_core.emotions import LABELS, to_label


@dataclass(frozen=True)
class Utterance:
    """One usable recording: a row of the joint table.

    Parameters
    ----------
    path : str
        Relative to the data folder, with forward slashes.
    corpus : str
        One of ``CORPORA``.
    speaker : str or None
        The same for one voice and different for two, over all corpora: ``"RAVDESS-01"``. None where unknown.
    sex : str
        ``"female"``, ``"male"`` or ``"unknown"``.
    emotion : str
        One of ``ser_core.emotions.LABELS``.
    sentence : str or None
        The corpus's own short code for what is said, never the words. None where unknown.
    intensity : str
        ``"normal"`` or ``"strong"`` (RAVDESS), ``"low"``, ``"medium"`` or ``"high"`` (CREMA-D), or
        ``"unspecified"``.
    reconstructed : bool
        True for a waveform that was inverted from a published spectrogram: its level and fine pitch are not
        the original's.
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
    """A sound file that is not used, and why.

    Parameters
    ----------
    path : str
        Relative to the data folder, with forward slashes.
    reason : str
        In words, alike for all files that share it, so that reasons can be counted.
    """

    path: str
    reason: str


@dataclass(frozen=True)
class ParsedName:
    """A file whose name one of the corpora knows.

    Parameters
    ----------
    utterance : Utterance
        What the name says.
    recording : str
        What the corpus calls this recording. Two files of one corpus with one ``recording`` are copies of
        each other, whatever their folder, format or misspelling.
    """

    utterance: Utterance
    recording: str


# What a corpus makes of a file: usable, known but unusable, or not one of its own.
Reading = ParsedName | Skipped | None


def in_label_order(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels that a corpus's words for its emotions stand for, in the order of ``LABELS``.

    Parameters
    ----------
    words : tuple of str
        Words that ``ser_core.emotions.to_label`` understands.

    Returns
    -------
    tuple of str
    """
    present = {to_label(word) for word in words}
    return tuple(label for label in LABELS if label in present)
