"""Chooses which of several copies of one recording is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from ser_core.corpora import own_labels
from ser_core.corpora.copied_names import original_name
from ser_core.corpora.same_content import with_same_bytes, with_same_sound
from ser_core.corpora.utterance import ParsedName, Skipped, Utterance

_SAME_NAME = "a copy of a recording that is kept: the same official name"
_SAME_BYTES = "a copy of a recording that is kept: the same bytes"
_SAME_SOUND = "a copy of a recording that is kept: the same sound in another file"
_TWO_LABELS = "copies of one recording have different labels, so none of them is used"

_LOSSLESS_SUFFIXES = frozenset((".aif", ".aifc", ".aiff", ".au", ".flac", ".rf64", ".snd", ".w64", ".wav", ".wave"))


def without_copies(
    root: Path, parsed_names: Iterable[ParsedName], *, compare_sound: bool
) -> tuple[list[Utterance], list[Skipped]]:
    """Keep one file of each recording.

    Copies have the same official name or the same bytes. Files with the same sound count as copies only if one of them
    is from a user's own folders, where file names do not identify a recording.

    Parameters
    ----------
    root : Path
        The data folder.
    parsed_names : iterable of ParsedName
        The usable files.
    compare_sound : bool
        False skips the comparison of sounds, which decodes files.

    Returns
    -------
    utterances : list of Utterance
        The files that are kept.
    skipped : list of Skipped
        The others.
    """
    by_name: dict[tuple[str, str], list[Utterance]] = defaultdict(list)
    for parsed in parsed_names:
        by_name[parsed.utterance.corpus, parsed.recording].append(parsed.utterance)
    selected = {group[0].path: group[0] for group in by_name.values() if len(group) == 1}
    skipped: list[Skipped] = []

    def keep_one_each(groups: Iterable[Iterable[Utterance]], reason: str) -> None:
        for group in groups:
            preferred, skipped_copies = _choose(group, reason)
            for copy in skipped_copies:
                selected.pop(copy.path, None)
            if preferred is not None:
                selected[preferred.path] = preferred
            skipped.extend(skipped_copies)

    keep_one_each((group for group in by_name.values() if len(group) > 1), _SAME_NAME)
    same_bytes = with_same_bytes(root, list(selected))
    keep_one_each(([selected[path] for path in group] for group in same_bytes), _SAME_BYTES)
    if compare_sound:
        from_own_folders = {path for path, utterance in selected.items() if utterance.corpus == own_labels.CORPUS}
        same_sound = with_same_sound(root, list(selected), from_own_folders)
        keep_one_each(([selected[path] for path in group] for group in same_sound), _SAME_SOUND)
    return list(selected.values()), skipped


def _choose(group: Iterable[Utterance], reason: str) -> tuple[Utterance | None, list[Skipped]]:
    """Return the copy that is kept, and the others. None is kept where the labels contradict each other."""
    copies = sorted(group, key=_preference)
    # The labels of a corpus count more than the names of folders.
    official_copies = [copy for copy in copies if copy.corpus != own_labels.CORPUS]
    labels = {copy.emotion for copy in official_copies or copies}
    if len(labels) > 1:
        return None, [Skipped(copy.path, _TWO_LABELS) for copy in copies]
    return copies[0], [Skipped(copy.path, reason, copy_of=copies[0].path) for copy in copies[1:]]


def _preference(utterance: Utterance) -> tuple[bool, bool, bool, bool, int, str]:
    path = PurePosixPath(utterance.path)
    return (
        utterance.corpus == own_labels.CORPUS,
        utterance.reconstructed,
        path.suffix.lower() not in _LOSSLESS_SUFFIXES,
        original_name(path) != path,
        len(path.parts),
        str(path),
    )
