"""One sample clip, and how it is called in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

WHO = {"female": "Woman", "male": "Man"}


@dataclass(frozen=True)
class Sample:
    """What is known of a clip without its audio.

    Parameters
    ----------
    sample_id : str
        Identifies the clip: its source and its path there, ``"crema-d/1013_IEO_ANG_MD"``. It is the same each time the
        library is opened, whatever else the library holds. Titles are for display only.
    title : str
        What it is called in a list: ``"Woman, 21 - angry"``. No two samples of a library share one.
    emotion : str or None
        One of ``ser_core.emotions.LABELS``: what the speaker was asked for. None where unknown.
    origin : {"corpus", "crema-d", "computer"}
        The data folder, CREMA-D's public repository, or the computer voices.
    speaker : str or None
        The same for one voice and different for two. None where unknown.
    sex : str
        ``"female"``, ``"male"`` or ``"unknown"``.
    age_years : int or None
        The speaker's age when recorded. None where unknown.
    sentence : str or None
        The source's own short code for what is said. None where unknown.
    note : str
        One plain line for people, without its full stop.
    credit : str
        Where the clip comes from, and under which licence.
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


class SampleSource(Protocol):
    """Where clips come from."""

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The clips it offers."""

    @property
    def description(self) -> str:
        """What they are, as the end of "Samples are ..."."""

    def load(self, sample: Sample) -> bytes:
        """Return one of its clips as a file, or raise ``SampleError``. Safe to call from several threads."""


def title(who: str, detail: str | None, emotion: str) -> str:
    """Return what a clip is called in a list.

    Parameters
    ----------
    who : str
        A person by sex, or a computer voice.
    detail : str or None
        What tells the speaker from others: an age, a number.
    emotion : str
        One of ``ser_core.emotions.LABELS``.

    Returns
    -------
    str
    """
    return f"{who}, {detail} - {emotion}" if detail else f"{who} - {emotion}"


def with_distinct_titles(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Tell samples apart that would be called the same, by a number.

    Parameters
    ----------
    samples : iterable of Sample
        In the order of the list.

    Returns
    -------
    tuple of Sample
        The same; the second of a title gets ``" (2)"``, and so on.
    """
    seen: Counter[str] = Counter()
    distinct = []
    for sample in samples:
        seen[sample.title] += 1
        count = seen[sample.title]
        distinct.append(sample if count == 1 else replace(sample, title=f"{sample.title} ({count})"))
    return tuple(distinct)
