"""What is said when ``--speaker-from``, ``--emotion-from`` or ``--labels`` fits few or none of the recordings."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ser_core.batch.recordings import Entry
    from ser_core.corpora.inventory import Inventory
    from ser_core.corpora.own_labels import Labels

_PATTERN = (
    'the group "{group}", the first group or the whole match of the pattern {rule}, which is searched in such paths'
)


class _Named(NamedTuple):
    """A recording: the path that the rules are applied to, and the speaker that was found."""

    path: str
    speaker: str | None


def print_hints_for_entries(arguments: argparse.Namespace, labels: Labels, entries: Sequence[Entry]) -> None:
    """Print to standard error what the rules do not find in the recordings of a batch."""
    from ser_core.batch.recordings import Recording

    recordings = [entry for entry in entries if isinstance(entry, Recording) and entry.labels_path]
    _print(arguments, labels, [_Named(recording.labels_path, recording.speaker) for recording in recordings])


def print_hints_for_inventory(arguments: argparse.Namespace, labels: Labels, inventory: Inventory) -> None:
    """Print the same for a data folder, of which only a user's own recordings count."""
    from ser_core.corpora.own_labels import CORPUS

    own = inventory.table[inventory.table["corpus"] == CORPUS]
    speakers = own["speaker"].astype(object).where(own["speaker"].notna(), None)
    _print(arguments, labels, [_Named(*named) for named in zip(own["path"], speakers, strict=True)])


def _print(arguments: argparse.Namespace, labels: Labels, recordings: Sequence[_Named]) -> None:
    if recordings:
        for hint in _hints(arguments, labels, recordings):
            print(hint, file=sys.stderr, flush=True)


def _hints(arguments: argparse.Namespace, labels: Labels, recordings: Sequence[_Named]) -> Iterator[str]:
    from ser_core.corpora.label_table import row_of
    from ser_core.corpora.own_labels import FOLDER, FOLDERS, NAMES, NOBODY

    n, example = len(recordings), recordings[0].path
    paths = [PurePosixPath(recording.path) for recording in recordings]
    if labels.table and not any(row_of(labels.table, path) != row_of({}, path) for path in paths):
        yield f"The table of labels names none of the {n} recordings, such as {example}."
    if labels.emotion_from not in (NAMES, FOLDERS, FOLDER):
        without = [path for path in paths if not labels.of(path).words]
        if without:
            rule = _PATTERN.format(group="emotion", rule=labels.emotion_from)
            yield f"--emotion-from finds nothing in {len(without)} of {n} paths, such as {without[0]}. It takes {rule}."
    if arguments.speaker_from not in (NAMES, NOBODY):
        yield from _speaker_hint(arguments.speaker_from, labels.speaker_from, recordings)


def _speaker_hint(given: str, rule: str, recordings: Sequence[_Named]) -> Iterator[str]:
    from ser_core.corpora.own_labels import FOLDER, NAMES, START

    words = {
        FOLDER: "the folder around a file, but not one that names an emotion",
        START: "the file's name up to the first _, -, point or space, but not a word for an emotion",
        NAMES: f"the column speaker of {given}, in the row whose path is the end of the file's path",
    }
    takes = words.get(rule) or _PATTERN.format(group="speaker", rule=rule)
    n, without = len(recordings), [named.path for named in recordings if named.speaker is None]
    if without:
        yield f"--speaker-from finds no speaker in {len(without)} of {n} paths, such as {without[0]}. It takes {takes}."
        return
    (path, speaker), n_speakers = recordings[0], len({named.speaker for named in recordings})
    if n_speakers == 1 < n:
        yield (
            f"--speaker-from finds one speaker in all {n} paths, {speaker}. So each recording is compared with all the "
            f"others: right if it is one person. It takes {takes}."
        )
    elif n_speakers == n > 1:
        yield (
            f"--speaker-from finds another speaker in each of the {n} paths, such as {speaker} in {path}, so no "
            f"recording is compared with another. It takes {takes}."
        )
