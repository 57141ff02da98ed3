"""``ser features``: the features of recordings as tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.cli.arguments import Subparsers, add_command, add_sound_choice
from ser_core.cli.shard_run import add_shard_arguments, wants_shards, write_shards

if TYPE_CHECKING:
    from ser_core.batch.judging import Row
    from ser_core.batch.recordings import Entry
    from ser_core.features.extraction import Features

_FORMATS = ("csv", "parquet", "npz")

_EXAMPLES = """\
averages: one table with one row for each recording. It has the 162 numbers of the original project (zero-crossing rate,
12 chroma, 20 MFCC, RMS, 128 mel bands, each averaged over time), and the acoustic cues (pitch, loudness, pauses ...).
frames: one file for each recording, with one row for each frame of 16 ms; --output is a folder. Recordings that have
their file already are left out, so a stopped run goes on.

An NPZ archive is read with numpy.load. That of the averages has paths, names and values.

  ser features recordings/ --output features.csv
  ser features recordings/ --what frames --format npz --output frames/
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "features", run, _EXAMPLES)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="recordings, as for predict")
    parser.add_argument("--what", choices=("averages", "frames"), default="averages", help="see below")
    parser.add_argument("--format", choices=_FORMATS, help="by default csv, or by the name of --output")
    parser.add_argument("--output", type=Path, help="a file for averages, a folder for frames")
    add_sound_choice(parser)
    add_shard_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure the features of recordings."""
    from ser_core.atomic_write import require_writable_file, require_writable_folder
    from ser_core.cli.inputs import entries_of
    from ser_core.corpora.own_labels import Labels
    from ser_core.inference.native_messages import without_native_messages

    is_in_shards = wants_shards(arguments, "output", "format")
    if arguments.output is not None:
        require_writable = require_writable_folder if arguments.what == "frames" else require_writable_file
        require_writable(arguments.output)
    entries = entries_of(arguments, Labels())
    if is_in_shards:
        return _write_shards(entries, arguments)
    if arguments.what == "frames":
        with without_native_messages():
            return _write_frames(entries, arguments.output, arguments.format or "csv")
    return _write_averages(entries, arguments.output, arguments.format)


def _write_averages(entries: Sequence[Entry], output: Path | None, chosen_format: str | None) -> int:
    from ser_core.batch.feature_rows import measure
    from ser_core.batch.figures import VERDICTS
    from ser_core.cli.batch_run import exit_status, print_rows, print_summary, require_no_terminal, store_rows

    work = partial(measure, entries)
    if output is None:
        chosen_format = chosen_format or "csv"
        if chosen_format != "csv":
            require_no_terminal(chosen_format)
        rows = print_rows(entries, work, lambda row: None)
        sys.stdout.buffer.write(_averages(rows, chosen_format))
    else:
        chosen_format = chosen_format or _format_of(output)
        rows = store_rows(entries, work, output, {"features": 1}, partial(_write, output, chosen_format))
        missing = {VERDICTS[kind]: sum(kind in row for row in rows) for kind in ("error", "skipped")}
        print_summary({"measured": len(rows) - sum(missing.values()), **missing}, [output])
    return exit_status(rows)


def _format_of(output: Path) -> str:
    from ser_core.errors import StorageError

    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in _FORMATS:
        raise StorageError(
            f"The ending of the output, {output.suffix or 'none'}, names no format",
            expected=f"one of {', '.join(f'.{name}' for name in _FORMATS)}",
            advice="Choose another name, or name the format with --format",
        )
    return suffix


def _write_shards(entries: Sequence[Entry], arguments: argparse.Namespace) -> int:
    from ser_core.batch.shards import measure_shard
    from ser_core.errors import StorageError

    if arguments.what == "frames":
        raise StorageError(
            "Shards hold one row for each recording",
            expected="averages",
            advice="Leave out --what frames, or name a folder with --output",
        )
    return write_shards(entries, measure_shard, arguments, {"features": 1})


def _write(output: Path, chosen_format: str, rows: Sequence[Row]) -> None:
    from ser_core.atomic_write import replace_when_complete

    content = _averages(rows, chosen_format)
    with replace_when_complete(output) as temporary:
        temporary.write_bytes(content)


def _averages(rows: Sequence[Row], chosen_format: str) -> bytes:
    from ser_core.batch.feature_rows import features_table, features_table_to_npz
    from ser_core.batch.tables import csv_of, parquet_of

    table = features_table(rows)
    if chosen_format == "parquet":
        return parquet_of(table)
    if chosen_format == "npz":
        return features_table_to_npz(table)
    return csv_of(table).encode()


def _write_frames(entries: Sequence[Entry], output: Path | None, chosen_format: str) -> int:
    from ser_core.atomic_write import replace_when_complete
    from ser_core.batch.figures import VERDICTS
    from ser_core.batch.recordings import Recording
    from ser_core.cli.batch_run import print_summary, stopped
    from ser_core.cli.file_for_each import paths_in_folder
    from ser_core.cli.progress import Progress
    from ser_core.errors import SerError, StorageError
    from ser_core.features.extraction import extract_features

    if output is None:
        raise StorageError(
            "The frames of several recordings do not fit into one output",
            expected="a folder",
            advice="Name one with --output",
        )
    serialise = _frames_serialiser(chosen_format)
    recordings = [entry for entry in entries if isinstance(entry, Recording)]
    paths = paths_in_folder(output, recordings, chosen_format)
    progress = Progress(len(recordings))
    for entry in entries:
        if not isinstance(entry, Recording):
            print(f"{entry.path}: skipped: {entry.reason}", file=sys.stderr)
    n_done = n_failed = 0
    try:
        for recording, path in paths.items():
            if not path.exists():
                try:
                    content = serialise(extract_features(recording.load()))
                    with replace_when_complete(path) as temporary:
                        temporary.write_bytes(content)
                except StorageError:
                    raise
                except SerError as error:
                    n_failed += 1
                    progress.clear()
                    print(f"{recording.path}: error: {error}", file=sys.stderr)
            n_done += 1
            progress.step(n_done, len(recordings) - n_done)
    except KeyboardInterrupt:
        raise stopped(n_done, len(recordings), "files") from None
    finally:
        progress.clear()
    counts = {"measured": len(recordings) - n_failed, VERDICTS["error"]: n_failed}
    print_summary({**counts, VERDICTS["skipped"]: len(entries) - len(recordings)}, [output] if output.exists() else [])
    return int(n_failed > 0 or not recordings)


def _frames_serialiser(chosen_format: str) -> Callable[[Features], bytes]:
    from ser_core.batch.tables import parquet_of
    from ser_core.features.files import features_to_csv, features_to_npz, frames_table

    if chosen_format == "csv":
        return lambda features: features_to_csv(features).encode()
    return features_to_npz if chosen_format == "npz" else lambda features: parquet_of(frames_table(features))
