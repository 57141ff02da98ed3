"""The rows of a batch: one for each entry, in order, JSON-ready. The page and the command line both use these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ser_core.batch.recordings import Entry, Recording
from ser_core.corpora.utterance import Skipped
from ser_core.inference.many import Outcome, SpeakerVoices, steps
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.report import summarise

Row = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step of a batch.

    Parameters
    ----------
    steps_left : int
        How many steps are left.
    row : dict or None
        The next row; None after a step that has only measured how a speaker sounds.
    """

    steps_left: int
    row: Row | None


def speakers_of(entries: Sequence[Entry]) -> SpeakerVoices:
    """Return the empty voices of the speakers in a batch, for ``judge``."""
    return SpeakerVoices([entry.speaker for entry in entries if isinstance(entry, Recording)])


def judge(
    recognizer: Recognizer,
    entries: Sequence[Entry],
    voices: SpeakerVoices | None = None,
    n_done: int = 0,
    workers: int = 1,
    keep: Callable[[Recording, Outcome], None] | None = None,
) -> Iterator[Step]:
    """Judge the entries of a batch, in order, with the sound of few clips in memory at a time.

    Parameters
    ----------
    recognizer : Recognizer
        The network.
    entries : sequence of Recording or Skipped
        The batch. Clips whose ``speaker`` is known are compared with the other clips of that speaker.
    voices : SpeakerVoices, optional
        What ``speakers_of`` returns for these entries. With the object of an earlier call, no voice is measured twice.
    n_done : int
        Number of entries at the beginning that already have a row.
    workers : int
        Number of threads, each with the sound of one clip. A page has one, because other visitors need the cores.
    keep : callable, optional
        Is called with each recording and its outcome before its row is yielded, for what rows do not hold.

    Yields
    ------
    Step
        With a row for each further entry: ``path``; ``channel``, ``speaker`` and ``true_emotion`` where they are known;
        and the keys of ``summarise``, or ``error`` or ``skipped`` with the reason. The last of ``warnings`` may
        say why the true emotion is unknown.
    """
    voices = voices or speakers_of(entries)
    recordings = [entry for entry in entries if isinstance(entry, Recording)]
    start = sum(isinstance(entry, Recording) for entry in entries[:n_done])
    outcomes = steps(recognizer, [recording.load for recording in recordings], voices, start, workers)
    for number, entry in enumerate(entries[n_done:], start=n_done):
        n_entries_left = len(entries) - number
        if isinstance(entry, Skipped):
            yield Step(n_entries_left - 1 + voices.n_missing(), {"path": entry.path, "skipped": entry.reason})
            continue
        while (outcome := next(outcomes)) is None:
            yield Step(n_entries_left + voices.n_missing(), None)
        if keep is not None:
            keep(entry, outcome)
        yield Step(n_entries_left - 1 + voices.n_missing(), row_of(entry, outcome))


def row_of(recording: Recording, outcome: Outcome) -> Row:
    """Return the row of a recording, as ``judge`` yields it."""
    row = names_of(recording)
    if outcome.prediction is None:
        return {**row, "error": str(outcome.error)}
    summary = summarise(outcome.duration_s, outcome.prediction, outcome.notes)
    if recording.label_note is not None:
        summary["warnings"].append(recording.label_note)
    return {**row, **summary}


def names_of(recording: Recording) -> Row:
    """Return what a row says about a recording before it is read: its path, and what is known of its labels."""
    labels = {"channel": recording.channel, "speaker": recording.speaker, "true_emotion": recording.emotion}
    return {"path": recording.path, **{name: label for name, label in labels.items() if label is not None}}
