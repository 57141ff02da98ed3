"""Recognition of copies by their content: the same bytes, or the same sound in another format.

Both searches first compare properties that cost little, and read a file only where these agree.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from ser_core.corpora.copied_names import original_name
from ser_core.errors import AudioError

_BLOCK_BYTES = 4096

# Lossless and most lossy formats keep the duration exactly; MP3 changed it by up to 2 ms, and AAC added up to 0.13 s.
_SAME_DURATION_S = 0.01
_SAME_NAME_MAX_DIFFERENCE_S = 0.2

# The greatest correlation of two waveforms, within this shift. Thirty clips of RAVDESS, encoded as MP3 with 32 kbit/s,
# as AAC with 48 and as Opus with 16 and 24, had at least 0.91 with the original. Two takes of one sentence by one
# actor had at most 0.29.
_MAX_SHIFT_S = 0.2
_SAME_SOUND_CORRELATION = 0.7

# The cosine of two loudness curves, as a first test before the waveforms are compared.
_N_CURVE_POINTS = 64
_SIMILAR_CURVES = 0.9


def with_same_bytes(root: Path, paths: Iterable[str]) -> list[list[str]]:
    """Find files with the same bytes.

    Only files of equal size are opened. Of these, one block from the middle is compared first, because many recordings
    have the same size: a header and a whole number of video frames.

    Parameters
    ----------
    root : Path
        The folder that the paths are relative to.
    paths : iterable of str
        The files. Empty files and files that cannot be read have no copies.

    Returns
    -------
    list of list of str
        Groups of two or more paths.
    """
    file_of = {path: os.path.join(root, path) for path in paths}
    groups = _grouped(file_of, lambda path: os.stat(file_of[path]).st_size or None)
    groups = [part for group in groups for part in _grouped(group, lambda path: _middle_block(file_of[path]))]
    return [part for group in groups for part in _grouped(group, lambda path: _sha256(file_of[path]))]


def with_same_sound(root: Path, paths: Sequence[str], unnamed: Collection[str]) -> list[list[str]]:
    """Find files with the same sound in different formats.

    Two files are compared where their names are equal and their durations similar, or where their durations are equal.
    At least one of the two must be in ``unnamed``: the names of the others identify their recordings.

    Parameters
    ----------
    root : Path
        The folder that the paths are relative to.
    paths : sequence of str
        The files. Files that cannot be decoded have no copies.
    unnamed : collection of str
        The paths of files whose names do not identify their recordings.

    Returns
    -------
    list of list of str
        Groups of two or more paths.
    """
    if not unnamed:
        return []

    @cache
    def loudness_curve(path: str) -> npt.NDArray[np.float32] | None:
        return _loudness_curve(_load(root / path))

    group_of: dict[str, set[str]] = {}
    for first, second, is_same_name in _similar_pairs(root, paths, frozenset(unnamed)):
        if second in group_of.get(first, ()):
            continue
        if not is_same_name and not _are_similar(loudness_curve(first), loudness_curve(second)):
            continue
        if _have_same_sound(_load(root / first), _load(root / second)):
            merged = group_of.get(first, {first}) | group_of.get(second, {second})
            group_of.update(dict.fromkeys(merged, merged))
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _grouped(paths: Iterable[str], key: Callable[[str], object]) -> list[list[str]]:
    """Return the groups of two or more paths with the same key; a path without a key is in no group."""
    groups: dict[object, list[str]] = defaultdict(list)
    for path in paths:
        try:
            value = key(path)
        except OSError:
            continue
        if value is not None:
            groups[value].append(path)
    return [group for group in groups.values() if len(group) > 1]


def _middle_block(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:
        opened.seek(max(0, os.fstat(opened.fileno()).st_size // 2 - _BLOCK_BYTES // 2))
        return opened.read(_BLOCK_BYTES)


def _sha256(file: str) -> str:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _similar_pairs(root: Path, paths: Sequence[str], unnamed: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield pairs of files that may have the same sound, and whether their names are equal."""
    durations_s = {path: duration_s for path in paths if (duration_s := _duration_s(root / path)) is not None}
    by_duration = sorted(durations_s, key=lambda path: (durations_s[path], path))
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in by_duration:
        by_name[original_name(PurePosixPath(path)).stem.lower()].append(path)
    for group, max_difference_s, is_same_name in (
        *((group, _SAME_NAME_MAX_DIFFERENCE_S, True) for group in by_name.values()),
        (by_duration, _SAME_DURATION_S, False),
    ):
        for position, first in enumerate(group):
            for second in group[position + 1 :]:
                if durations_s[second] - durations_s[first] > max_difference_s:
                    break
                if first in unnamed or second in unnamed:
                    yield first, second, is_same_name


def _duration_s(file: Path) -> float | None:
    """Return the duration in the file's header; None where no header can be read."""
    import av
    import soundfile

    try:
        return float(soundfile.info(file).duration)
    except (soundfile.SoundFileError, OSError):
        pass
    try:
        with av.open(os.fspath(file)) as container:
            return None if container.duration is None else container.duration / av.time_base
    except (av.FFmpegError, OSError, ValueError):
        return None


def _load(file: Path) -> npt.NDArray[np.float32] | None:
    # Imported here: most data folders need no decoder.
    from ser_core.audio.loading import load_audio

    try:
        return load_audio(file).samples
    except AudioError:
        return None


def _loudness_curve(samples: npt.NDArray[np.float32] | None) -> npt.NDArray[np.float32] | None:
    """Return the root mean square in equal parts of a clip, with norm 1; None for silence."""
    if samples is None or len(samples) < _N_CURVE_POINTS:
        return None
    edges = np.linspace(0, len(samples), _N_CURVE_POINTS + 1).astype(int)
    power = np.array([np.mean(np.square(samples[start:stop])) for start, stop in pairwise(edges)])
    curve: npt.NDArray[np.float32] = np.sqrt(power)
    norm = float(np.linalg.norm(curve))
    return curve / np.float32(norm) if norm else None


def _are_similar(first: npt.NDArray[np.float32] | None, second: npt.NDArray[np.float32] | None) -> bool:
    return first is not None and second is not None and float(first @ second) > _SIMILAR_CURVES


def _have_same_sound(first: npt.NDArray[np.float32] | None, second: npt.NDArray[np.float32] | None) -> bool:
    from scipy.fft import irfft, next_fast_len, rfft

    from ser_core.audio.loading import SAMPLE_RATE_HZ

    if first is None or second is None:
        return False
    norm = float(np.linalg.norm(first)) * float(np.linalg.norm(second))
    if not norm:
        return False
    n_fft = next_fast_len(len(first) + len(second), real=True)
    correlation = irfft(rfft(first, n_fft) * np.conj(rfft(second, n_fft)), n_fft)
    max_shift = round(_MAX_SHIFT_S * SAMPLE_RATE_HZ)
    near_correlation = np.concatenate([correlation[: max_shift + 1], correlation[-max_shift:]])
    return float(np.abs(near_correlation).max()) > _SAME_SOUND_CORRELATION * norm
