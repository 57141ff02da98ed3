"""One sample clip, and its title in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

SPEAKER_WORDS = {"female": "Woman", "male": "Man"}


@dataclass(frozen=True)
class Sample:
    """A sample clip without its audio.

    Parameters
    ----------
    sample_id : str
        Identifies the clip: its source and its path there, ``"crema-d/1013_IEO_ANG_MD"``. It does not depend on the
        other clips of the library. Titles are for display only.
    title : str
        Title in a list: ``"Woman, 21 - angry"``. The titles of a library are distinct.
    emotion : str or None
        The emotion that the speaker was asked for, one of ``ser_core.emotions.LABELS``. None where unknown.
    origin : {"corpus", "crema-d", "computer"}
        Source of the clip: the data folder, CREMA-D's public repository, or the computer voices.
    speaker : str or None
        Identifies the voice. None where unknown.
    sex : str
        ``"female"``, ``"male"`` or ``"unknown"``.
    age_years : int or None
        The speaker's age when recorded. None where unknown.
    sentence : str or None
        The source's own short code for the spoken sentence. None where unknown.
    note : str
        One plain sentence for people, without its full stop.
    credit : str
        Source and licence of the clip.
    votes : mapping of str to int, optional
        Number of votes by emotion, of listeners who only heard the clip. None for a clip without votes.
    """

    sample_id: str
    title: str
    emotion: str | None
    origin: Literal["corpus", "crema-d", "computer"]
    speaker: str | None
    sex: str
    age_years: int | None
    sentence: str | None
    note: str
    credit: str
    votes: Mapping[str, int] | None = None


class SampleSource(Protocol):
    """A source of sample clips."""

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The clips of this source."""

    @property
    def description(self) -> str:
        """The end of the sentence "The samples are ..."."""

    def is_available(self, sample: Sample) -> bool:
        """Return False for a clip that cannot be loaded at the moment, as far as this is known without a request."""

    def is_at_hand(self, sample: Sample) -> bool:
        """Return whether a clip can be loaded without a request to another machine."""

    def load(self, sample: Sample) -> bytes:
        """Return the file of one of its clips, or raise ``SampleError``. Safe to call from several threads."""


def title(speaker: str, detail: str | None, emotion: str) -> str:
    """Return the title of a clip in a list.

    Parameters
    ----------
    speaker : str
        A value of ``SPEAKER_WORDS``, or "Computer voice".
    detail : str or None
        Distinguishes the speaker from others: an age or a number.
    emotion : str
        One of ``ser_core.emotions.LABELS``.

    Returns
    -------
    str
    """
    return f"{speaker}, {detail} - {emotion}" if detail else f"{speaker} - {emotion}"


def with_distinct_titles(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Add numbers to titles that occur more than once.

    Parameters
    ----------
    samples : iterable of Sample
        Samples in the order of the list.

    Returns
    -------
    tuple of Sample
        The same samples; the second with the same title gets ``" (2)"``, and so on.
    """
    n_of_title: Counter[str] = Counter()
    distinct = []
    for sample in samples:
        n_of_title[sample.title] += 1
        count = n_of_title[sample.title]
        distinct.append(sample if count == 1 else replace(sample, title=f"{sample.title} ({count})"))
    return tuple(distinct)
