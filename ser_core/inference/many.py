"""Predictions for many recordings in order, with the sound of one recording in memory at a time.

If the speakers are known, each clip is compared with the *other* clips of its speaker: a voice that is always high or
loud is then not taken for an excited one. That needs two passes over the clips of a speaker, because each prediction
depends on all the other clips. Between the passes only the voices are stored, a few hundred numbers for each clip.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from ser_core.audio.loading import Audio, load_audio
from ser_core.audio.quality import QualityNote
from ser_core.errors import SerError
from ser_core.inference.in_order import InOrder
from ser_core.inference.verdict import find_defects, reach_verdict
from ser_core.inference.voice_profile import VoiceProfile

if TYPE_CHECKING:
    from ser_core.inference.recognizer import Prediction, Recognizer

# What ``load_audio`` reads, or a function that returns the clip. It is called when all clips before it are done.
Source = str | os.PathLike[str] | bytes | BinaryIO | Callable[[], Audio]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result for one recording: a prediction, or the reason why there is none.

    Parameters
    ----------
    index : int
        The recording's place in the list, counted from 0.
    prediction : Prediction or None
        None for a recording that cannot be read.
    notes : tuple of QualityNote
        The defects of the recording, as ``find_defects`` returns them.
    duration_s : float
        Duration of the sound that the prediction is for, in seconds; 0 for a recording that cannot be read.
    error : SerError or None
        Why the recording cannot be read.
    """

    index: int
    prediction: Prediction | None = None
    notes: tuple[QualityNote, ...] = ()
    duration_s: float = 0.0
    error: SerError | None = None


class SpeakerVoices:
    """The voices of the speakers in a list of recordings, filled by ``steps``.

    Parameters
    ----------
    speakers : sequence of str or None
        The speaker of each recording; None where unknown.
    """

    def __init__(self, speakers: Sequence[str | None]) -> None:
        places: dict[str | None, list[int]] = defaultdict(list)
        for place, speaker in enumerate(speakers):
            places[speaker].append(place)
        # The places of each speaker's recordings, by the place of one of them; only for speakers with several.
        self._same_speaker = {
            place: same for speaker, same in places.items() if speaker is not None and len(same) > 1 for place in same
        }
        # None for a recording without a usable voice: it cannot be read, is silent, or is not speech.
        self._voices: dict[int, np.ndarray | None] = {}

    def unmeasured(self, index: int) -> list[int]:
        """Return the places of the speaker's recordings, this one included, whose voice is not measured yet."""
        return [place for place in self._same_speaker.get(index, ()) if place not in self._voices]

    def add(self, index: int, voice: np.ndarray | None) -> None:
        """Store the voice of a recording."""
        self._voices[index] = voice

    def n_missing(self) -> int:
        """Return how many voices are still to be measured."""
        return len(self._same_speaker) - len(self._voices)

    def profile_without(self, index: int) -> VoiceProfile | None:
        """Return the profile of the other recordings of the same speaker; None where there is none."""
        others = (self._voices.get(place) for place in self._same_speaker.get(index, ()) if place != index)
        voices = [voice for voice in others if voice is not None]
        return VoiceProfile.of(*voices) if voices else None


def steps(
    recognizer: Recognizer, sources: Sequence[Source], voices: SpeakerVoices, start: int = 0, workers: int = 1
) -> Iterator[Outcome | None]:
    """Predict recordings one step at a time, so that a caller can show progress and stop.

    Parameters
    ----------
    recognizer : Recognizer
        The network.
    sources : sequence of path, bytes, file object or callable
        The recordings.
    voices : SpeakerVoices
        The speakers of the recordings, and the voices that earlier calls measured; no voice is measured twice.
    start : int
        Place of the first recording to predict, counted from 0; those before it are done.
    workers : int
        Number of threads. Each has the sound of one recording in memory.

    Yields
    ------
    Outcome or None
        None after a step that has only measured a voice.
    """
    with InOrder[Outcome](workers) as outcomes, InOrder[_MeasuredVoice](workers) as measured:
        for index in range(start, len(sources)):
            missing = voices.unmeasured(index)
            if missing:
                yield from outcomes.rest()
            for place in missing:
                for voice in measured.add(partial(_measure_voice, recognizer, place, sources[place])):
                    voices.add(*voice)
                    yield None
            for voice in measured.rest():
                voices.add(*voice)
                yield None
            yield from outcomes.add(partial(_judge, recognizer, index, sources[index], voices.profile_without(index)))
        yield from outcomes.rest()


def predict_many(
    recognizer: Recognizer,
    sources: Iterable[Source],
    speakers: Sequence[str | None] | None = None,
    workers: int = 1,
) -> Iterator[Outcome]:
    """Predict recordings in order; see ``Recognizer.predict_many``."""
    if speakers is None:
        with InOrder[Outcome](workers) as outcomes:
            for index, source in enumerate(sources):
                yield from outcomes.add(partial(_judge, recognizer, index, source, None))
            yield from outcomes.rest()
        return
    for outcome in steps(recognizer, list(sources), SpeakerVoices(speakers), workers=workers):
        if outcome is not None:
            yield outcome


def _judge(recognizer: Recognizer, index: int, source: Source, profile: VoiceProfile | None) -> Outcome:
    try:
        audio = _load(source)
    except SerError as error:
        return Outcome(index, error=error)
    prediction = recognizer.predict(audio, profile)
    return Outcome(index, prediction, find_defects(audio, prediction), audio.duration_s)


class _MeasuredVoice(NamedTuple):
    """The place of a recording, and its voice; None for a recording whose voice cannot be used."""

    place: int
    voice: np.ndarray | None


def _measure_voice(recognizer: Recognizer, place: int, source: Source) -> _MeasuredVoice:
    outcome = _judge(recognizer, place, source, None)
    if outcome.prediction is None or reach_verdict(outcome.prediction, outcome.notes).kind == "not_judged":
        return _MeasuredVoice(place, None)
    return _MeasuredVoice(place, outcome.prediction.voice)


def _load(source: Source) -> Audio:
    return source() if callable(source) else load_audio(source)
