"""``--shards``: a corpus in parts, on all cores or on a cluster, each part as one Parquet file in a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.cli.arguments import output_folder, positive
from ser_core.errors import StorageError

if TYPE_CHECKING:
    from ser_core.batch.recordings import Entry
    from ser_core.batch.shards import Shard

# A few seconds of work: little is lost if a worker ends, and little time goes into handing out parts.
_SHARD_SIZE = 256

_FILE_NAME = "part-{number:07}-{key}.parquet"
_ALL_SHARDS = "part-*.parquet"


def add_shard_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for a corpus in parts."""
    parser.add_argument(
        "--shards", type=output_folder, metavar="DIR", help="work on all cores, and write Parquet files to this folder"
    )
    parser.add_argument(
        "--shard-size", type=positive, default=_SHARD_SIZE, metavar="N", help=f"recordings in each ({_SHARD_SIZE})"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="with --shards: work on a Dask cluster, such as tcp://scheduler:8786"
    )


def wants_shards(arguments: argparse.Namespace, *others: str) -> bool:
    """Return whether the output is a folder of shards.

    Parameters
    ----------
    arguments : argparse.Namespace
        The parsed arguments.
    others : str
        Names of the arguments that do not go together with shards.

    Raises
    ------
    StorageError
        If one of them is given too, or a cluster is named without a folder for shards.
    """
    if arguments.shards is None:
        if arguments.cluster is not None:
            raise StorageError(
                "A cluster writes its results as shards",
                expected="a folder for them",
                advice="Name one with --shards",
            )
        return False
    for name in others:
        if getattr(arguments, name) is not None:
            raise StorageError(
                f"--{name} and --shards do not go together",
                expected="one kind of output",
                advice=f"Leave out --{name}",
            )
    return True


def write_shards(
    entries: Sequence[Entry],
    work: Callable[[Sequence[Entry]], Shard],
    arguments: argparse.Namespace,
    command: dict[str, Any],
) -> int:
    """Work through the entries in parts, write a shard for each, and return the exit status.

    Each file is written whole, by this process alone. Parts whose file is there already are left out, so the same
    command goes on after a stop.

    Parameters
    ----------
    entries : sequence of Recording or Skipped
        The corpus.
    work : callable
        Makes the shard of some entries. Another process must be able to import it.
    arguments : argparse.Namespace
        ``shards``, ``shard_size`` and ``cluster``.
    command : dict
        What the rows depend on besides their files. JSON-ready.

    Raises
    ------
    StorageError
        If the folder has shards of other recordings or of another command, or cannot be written to.
    WorkerError
        If the workers cannot go on.
    """
    from ser_core.atomic_write import replace_when_complete
    from ser_core.batch.recordings import Recording
    from ser_core.batch.shards import count_unreadable, portable
    from ser_core.cli.batch_run import stopped
    from ser_core.cli.progress import Progress
    from ser_core.parallel.mapping import map_tasks

    folder: Path = arguments.shards
    parts = _parts(entries, arguments.shard_size, command)
    earlier = {path.name for path in folder.glob(_ALL_SHARDS)}
    if earlier - parts.keys():
        raise StorageError(
            "The folder has shards of other recordings, or of another command",
            expected="an empty folder, or one where the same command was stopped",
            advice="Choose another folder with --shards, or delete the shards",
        )
    if earlier:
        print(f"going on after {len(earlier)} of {len(parts)} shards", file=sys.stderr)
    names = [name for name in parts if name not in earlier]
    tasks = [[portable(entries[place]) for place in parts[name]] for name in names]
    n_done = len(entries) - sum(map(len, tasks))
    n_unreadable = sum(count_unreadable(folder / name, [entries[place] for place in parts[name]]) for name in earlier)
    n_written = 0
    progress = Progress(len(entries))
    try:
        # Closed at once after Ctrl-C, which ends the workers.
        with closing(map_tasks(partial(_without_messages, work), tasks, arguments.cluster)) as shards:
            for place, shard in shards:
                with replace_when_complete(folder / names[place]) as temporary:
                    temporary.write_bytes(shard.content)
                n_written += 1
                n_unreadable += shard.n_unreadable
                n_done += len(tasks[place])
                progress.step(n_done, len(names) - n_written)
    except KeyboardInterrupt:
        raise stopped(len(earlier) + n_written, len(parts), "shards") from None
    finally:
        progress.clear()
    files_word = "file" if len(entries) == 1 else "files"
    shards_word = "shard" if len(parts) == 1 else "shards"
    print(
        f"{len(entries)} {files_word} in {len(parts)} {shards_word}; {n_unreadable} could not be read", file=sys.stderr
    )
    return int(n_unreadable > 0 or not any(isinstance(entry, Recording) for entry in entries))


def _without_messages(work: Callable[[Sequence[Entry]], Shard], entries: Sequence[Entry]) -> Shard:
    from ser_core.inference.native_messages import without_native_messages

    with without_native_messages():
        return work(entries)


def _parts(entries: Sequence[Entry], size: int, command: dict[str, Any]) -> dict[str, list[int]]:
    """Return the places of the entries of each shard, by the shard's file name, which changes with its content."""
    from ser_core.batch.shards import cut
    from ser_core.cli.inputs import fingerprints
    from ser_core.cli.stored_rows import digest

    keys = fingerprints(entries)
    parts = cut(entries, size)
    names = [
        _FILE_NAME.format(number=number, key=digest([[command], *(keys[place] for place in part)])[:12])
        for number, part in enumerate(parts)
    ]
    return dict(zip(names, parts, strict=True))
