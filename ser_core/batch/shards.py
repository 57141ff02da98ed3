"""The recordings of a corpus in parts, each of which becomes one Parquet file (a shard), on any machine.

The workers are other processes. Each of them loads the network once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock

from ser_core import threads
from ser_core.audio.loading import load_audio
from ser_core.batch.addresses import is_address
from ser_core.batch.feature_rows import features_shard_table, measure
from ser_core.batch.judging import judge, speakers_of
from ser_core.batch.listing import is_archive
from ser_core.batch.recordings import Entry, Recording
from ser_core.batch.tables import parquet_of, to_parquet
from ser_core.errors import ArchiveError, ModelError, StorageError
from ser_core.inference.native_messages import without_native_messages
from ser_core.inference.opening import open_recognizer
from ser_core.inference.recognizer import Recognizer
from ser_core.paths import MODELS_DIR

_loading = Lock()


@dataclass(frozen=True)
class Shard:
    """One part of a corpus, as a Parquet file.

    Parameters
    ----------
    content : bytes
        The file.
    n_unreadable : int
        How many of its recordings could not be read.
    """

    content: bytes
    n_unreadable: int


def cut(entries: Sequence[Entry], size: int) -> list[list[int]]:
    """Divide the entries of a corpus into parts.

    Parameters
    ----------
    entries : sequence of Recording or Skipped
        The corpus.
    size : int
        Number of entries of a part, at least 1.

    Returns
    -------
    list of list of int
        The places of each part's entries. All recordings of a speaker are in the same part, because each is compared
        with the others; so a part may be longer.
    """
    groups: dict[object, list[int]] = {}
    for place, entry in enumerate(entries):
        speaker = entry.speaker if isinstance(entry, Recording) else None
        groups.setdefault(place if speaker is None else speaker, []).append(place)
    parts: list[list[int]] = []
    for group in groups.values():
        if not parts or len(parts[-1]) >= size:
            parts.append([])
        parts[-1].extend(group)
    return parts


def portable(entry: Entry) -> Entry:
    """Return an entry that another process can read: with an address, or with the absolute path of a file.

    Raises
    ------
    ArchiveError
        The recording is in an archive, or comes from standard input.
    """
    if not isinstance(entry, Recording) or is_address(entry.path):
        return entry
    path = Path(entry.path).absolute()
    is_in_archive = not path.exists() and any(folder.is_file() for folder in path.parents)
    if entry.path == "-" or is_in_archive or (is_archive(entry.path) and path.is_file()):
        raise ArchiveError(
            "Shards cannot be made of an archive or of standard input",
            expected="files, folders or addresses",
            advice="Unpack the archive first",
        )
    return replace(entry, load=partial(load_audio, os.fspath(path), channel=entry.channel, track=entry.track))


def predict_shard(network: str, network_sha256: str, entries: Sequence[Entry]) -> Shard:
    """Predict the entries of one part.

    Parameters
    ----------
    network : str
        What ``network_name`` returns.
    network_sha256 : str
        The network that it must be.
    entries : sequence of Recording or Skipped
        The part, as ``portable`` returns its entries.

    Raises
    ------
    ModelError
        The network on this machine is missing, or another one.
    """
    # Two threads of a worker may begin at the same time.
    with _loading:
        recognizer = _recognizer(network)
    if recognizer.config.network_sha256 != network_sha256:
        raise ModelError(
            "A worker has another network than this machine",
            expected="the same version of the package on each machine",
            advice="Install the same version on all machines",
        )
    rows = [step.row for step in judge(recognizer, entries, speakers_of(entries)) if step.row is not None]
    return Shard(to_parquet(rows), sum("error" in row for row in rows))


def measure_shard(entries: Sequence[Entry]) -> Shard:
    """Measure the features of the entries of one part, as ``portable`` returns them."""
    rows = [step.row for step in measure(entries) if step.row is not None]
    return Shard(parquet_of(features_shard_table(rows)), sum("error" in row for row in rows))


def count_unreadable(shard: Path, entries: Sequence[Entry]) -> int:
    """Return how many recordings of a shard that was written earlier could not be read.

    Parameters
    ----------
    shard : Path
        The file.
    entries : sequence of Recording or Skipped
        Its part of the corpus.

    Raises
    ------
    StorageError
        The file is damaged.
    """
    import pandas as pd

    try:
        has_problem = pd.read_parquet(shard, columns=["problem"])["problem"].notna()
    except (OSError, ValueError, KeyError):
        raise StorageError(
            f"The shard {shard.name} of an earlier run cannot be read",
            expected="shards that this command has written",
            advice="Delete this file, and run the same command again",
        ) from None
    return sum(isinstance(entry, Recording) and problem for entry, problem in zip(entries, has_problem, strict=True))


def network_name(model_dir: Path) -> str:
    """Return how a worker finds a model folder: the name of a network that ships, or an absolute path."""
    model_dir = model_dir.absolute()
    return model_dir.name if model_dir.parent == MODELS_DIR else os.fspath(model_dir)


@cache
def _recognizer(network: str) -> Recognizer:
    # The workers share the cores.
    threads.use_one_thread()
    with without_native_messages():
        return open_recognizer(MODELS_DIR / network, threads=1)
