"""``ser predict``: which emotion recordings sound like."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.cli.arguments import Subparsers, add_command, add_model, add_sound_choice, output_file, output_folder
from ser_core.cli.label_arguments import add_label_arguments, labels_of
from ser_core.cli.shard_run import add_shard_arguments, wants_shards, write_shards

if TYPE_CHECKING:
    from ser_core.batch.judging import Row
    from ser_core.batch.recordings import Recording
    from ser_core.inference.many import Outcome
    from ser_core.inference.recognizer import Recognizer

# More threads would wait for the network, which computes one window at a time.
_MAX_WORKERS = 2

_FORMATS = ("lines", "table", "csv", "jsonl", "parquet")

_EXAMPLES = """\
PATH is a recording; a folder, for every recording below it; a pattern such as 'x/**/*.wav'; a ZIP archive of
recordings; beside these, a CSV file with the columns path, emotion and speaker; or -, for standard input.

A verdict is sure (one emotion), leaning (two or three), open (more are possible) or not judged (silence, music ...).
A recording that cannot be read is a row with the reason. True emotions are read from such a CSV file, from the names of
known corpora, and from words in names (ser words prints them); the table and the report then compare.
--emotion-from and --label-map change how they are read.

Where the speaker is known, each clip is compared with the other clips of its speaker, which takes twice the time.
--speaker-from says what tells the speaker:
  names     a CSV file, or the names of known corpora (so it is without this option, and on the page Many files)
  nobody    no clip is compared with others
  folder    the folder around a file, but not one that names an emotion: recordings/anna/1.wav is by anna
  start     the file's name up to the first _, -, point or space, but not a word for an emotion
  FILE.csv  a table with the columns path and speaker
  REGEX     its group "speaker", or first group, in the path: --speaker-from 'spk([0-9]+)'

With --timeline, each recording of over 3 s gets a file in DIR: a row for every half second, with the probabilities of
the three seconds from there.
With --output, the file is always whole. Stop with Ctrl-C; the same command goes on where it stopped.
With --shards, the work is done on all cores, or on a cluster (docs/scale.md); each part becomes one Parquet file.
If the package fsspec is installed, PATH may also be an address (s3://, https://), or a folder or pattern there.

  ser predict clip.wav
  ser predict --format table recordings/
  ser predict recordings/ --speaker-from folder --output table.csv --report report.html
  arecord -d 3 -f cd | ser predict --json -
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "predict", run, _EXAMPLES)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="what to recognise; see below")
    parser.add_argument("--format", choices=_FORMATS, help="by default lines, or by the name of --output")
    parser.add_argument("--json", dest="format", action="store_const", const="jsonl", help="the same as --format jsonl")
    parser.add_argument(
        "--output", type=output_file, metavar="FILE", help="write the rows to a file, and go on after a stop"
    )
    parser.add_argument(
        "--report", type=output_file, metavar="FILE.html", help="write a report with pictures, for printing"
    )
    parser.add_argument(
        "--timeline",
        type=output_folder,
        metavar="DIR",
        help="for each recording of over 3 s, write a CSV file",
    )
    add_label_arguments(parser, speaker_from="names")
    add_sound_choice(parser)
    add_shard_arguments(parser)
    add_model(parser)


def run(arguments: argparse.Namespace) -> int:
    """Recognise the emotion of recordings."""
    from ser_core import threads
    from ser_core.batch.figures import VERDICTS, verdict_counts
    from ser_core.batch.judging import judge, speakers_of
    from ser_core.batch.recordings import Recording
    from ser_core.cli.batch_run import exit_status, print_rows, print_summary, require_no_terminal, store_rows
    from ser_core.cli.file_for_each import paths_in_folder
    from ser_core.cli.inputs import entries_of
    from ser_core.cli.label_hints import print_hints_for_entries
    from ser_core.cli.printing import LINES, PARQUET, format_of, printer, write_rows
    from ser_core.inference.native_messages import without_native_messages
    from ser_core.inference.opening import open_recognizer

    # Clips of 3.5 s on 2 cores: 121 clips/s with the defaults, 145 with one thread for each matrix library and for the
    # network, and 159 when a second thread decodes meanwhile. A single clip is quickest with two threads.
    threads.use_one_thread()
    _check_report(arguments.report)
    is_in_shards = wants_shards(arguments, "output", "format", "report", "timeline")
    output_format = arguments.format or (format_of(arguments.output) if arguments.output else LINES)
    if output_format == PARQUET and not arguments.output:
        require_no_terminal(output_format)
    labels = labels_of(arguments)
    entries = entries_of(arguments, labels)
    print_hints_for_entries(arguments, labels, entries)
    with without_native_messages():
        recognizer = open_recognizer(arguments.model, threads=1 if len(entries) > 1 else None)
    if is_in_shards:
        from ser_core.batch.shards import network_name, predict_shard

        network_sha256 = recognizer.config.network_sha256
        predict_part = partial(predict_shard, network_name(arguments.model), network_sha256)
        return write_shards(entries, predict_part, arguments, {"network": network_sha256})
    workers = min(_MAX_WORKERS, os.cpu_count() or 1)
    keep = None
    if arguments.timeline:
        recordings = (entry for entry in entries if isinstance(entry, Recording))
        keep = partial(_write_timeline, paths_in_folder(arguments.timeline, recordings, "csv"))
    work = partial(judge, recognizer, entries, speakers_of(entries), workers=workers, keep=keep)
    if arguments.output:
        command = {"network": recognizer.config.network_sha256}
        if arguments.timeline:
            # A run that was stopped without timelines has not written those of its rows.
            command["timeline"] = os.fspath(arguments.timeline.absolute())
        write = partial(write_rows, arguments.output, output_format)
        rows = store_rows(entries, work, arguments.output, command, write)
    elif output_format == PARQUET:
        from ser_core.batch.tables import to_parquet

        rows = print_rows(entries, work, lambda row: None)
        sys.stdout.buffer.write(to_parquet(rows))
    else:
        rows = print_rows(entries, work, printer(output_format, entries))
    if arguments.report:
        _write_report(arguments.report, rows, recognizer)
    written = [path for path in (arguments.output, arguments.report, arguments.timeline) if path and path.exists()]
    if written:
        print_summary({VERDICTS[kind]: count for kind, count in verdict_counts(rows).items()}, written)
        _print_recognition(rows)
    return exit_status(rows)


def _write_timeline(paths: dict[Recording, Path], recording: Recording, outcome: Outcome) -> None:
    from ser_core.atomic_write import write_text
    from ser_core.inference.report import timeline_to_csv
    from ser_core.inference.verdict import reach_verdict

    prediction = outcome.prediction
    if prediction is None or prediction.timeline is None:
        return
    if reach_verdict(prediction, outcome.notes).kind != "not_judged":
        write_text(paths[recording], timeline_to_csv(prediction))


def _check_report(path: Path | None) -> None:
    from ser_core.errors import StorageError

    if path is not None and path.suffix.lower() not in (".html", ".htm"):
        raise StorageError(
            "The report is an HTML file, and --report names another kind",
            expected="a file name that ends in .html",
            advice="Write for example --report report.html; a browser prints it as PDF",
        )


def _write_report(path: Path, rows: Sequence[Row], recognizer: Recognizer) -> None:
    from ser_core import __version__
    from ser_core.atomic_write import write_text
    from ser_core.batch.html_report import to_html
    from ser_core.inference.report import Provenance

    provenance = Provenance("", "", recognizer.config.network, recognizer.config.network_sha256, __version__)
    write_text(path, to_html(rows, provenance, made=f"{datetime.now(UTC):%Y-%m-%d}"))


def _print_recognition(rows: Sequence[Row]) -> None:
    from ser_core.batch.figures import recognition_figures

    figures = recognition_figures(rows)
    if figures is not None:
        accuracy, uar = f"accuracy {figures['accuracy']:.1%}", f"UAR {figures['uar']:.1%}"
        print(f"{figures['n']} whose names or table tell the true emotion: {accuracy}, {uar}", file=sys.stderr)
