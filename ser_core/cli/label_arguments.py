"""The arguments that say how the true emotion and the speaker of recordings are read."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from ser_core.errors import LabelError

if TYPE_CHECKING:
    from ser_core.corpora.inventory import Inventory
    from ser_core.corpora.own_labels import Labels

# On one's own machine, a table may be that of a large corpus.
_MAX_TABLE_BYTES = 256 * 1024**2
_MAX_ROWS = 2_000_000
_MAX_MAP_BYTES = 1024**2

_TABLE_SUFFIXES = (".csv", ".tsv")


def add_label_arguments(parser: argparse.ArgumentParser, *, speaker_from: str, emotion_from: str = "names") -> None:
    """Add the arguments, with the default rules for speaker and emotion."""
    parser.add_argument(
        "--labels", metavar="FILE.csv", help="a table with the columns file, emotion and speaker (CSV or TSV)"
    )
    parser.add_argument(
        "--emotion-from",
        default=emotion_from,
        metavar="RULE",
        help="names (of known corpora, or words in folders and files), folders (the same without the words in files), "
        f"folder (the one around the file), or a regular expression (default: {emotion_from})",
    )
    parser.add_argument(
        "--label-map", metavar="FILE or A=angry,B=-", help="what your words stand for; - leaves recordings out"
    )
    # All corpora that are read on request, unless ``add_corpora`` lets the user choose.
    parser.set_defaults(default_rules=(speaker_from, emotion_from), corpus=None)
    parser.add_argument(
        "--speaker-from",
        default=speaker_from,
        metavar="RULE",
        help=f"what tells the speaker: nobody, names, folder, start, a table or a regular expression "
        f"(default: {speaker_from})",
    )


def add_corpora(parser: argparse.ArgumentParser) -> None:
    """Add the argument for corpora that are read on request."""
    parser.add_argument(
        "--corpus",
        action="append",
        default=[],
        metavar="NAME",
        help="also train on ESD, IEMOCAP, JL-Corpus, MELD, ShEMO or SUBESCO; may be given several times",
    )


def is_changed(arguments: argparse.Namespace) -> bool:
    """Return whether labels are read in another way than by default."""
    return bool(
        arguments.labels
        or arguments.corpus
        or arguments.label_map
        or (arguments.speaker_from, arguments.emotion_from) != arguments.default_rules
    )


def add_plan(parser: argparse.ArgumentParser) -> None:
    """Add the argument that ends the command after its plan."""
    parser.add_argument("--plan", action="store_true", help="print what would be used, and stop")


def labels_of(arguments: argparse.Namespace) -> Labels:
    """Return how labels are read.

    Raises
    ------
    LabelError
        If a rule is neither a known word nor a regular expression, or a table or the label map cannot be read.
    """
    from ser_core.audio.sources import read_bytes
    from ser_core.corpora import on_request
    from ser_core.corpora.label_map import read_label_map
    from ser_core.corpora.label_table import TableRow, read_table
    from ser_core.corpora.own_labels import NAMES, Labels, check_rule

    speaker_from, tables = arguments.speaker_from, [arguments.labels] if arguments.labels else []
    if speaker_from.lower().endswith(_TABLE_SUFFIXES):
        tables.append(speaker_from)
        speaker_from = NAMES
    check_rule(speaker_from)
    check_rule(arguments.emotion_from)
    rows: dict[str, TableRow] = {}
    for table in tables:
        if not os.path.isfile(table) or not os.path.getsize(table):
            raise LabelError(
                "The table of labels is missing or empty",
                expected="a CSV or TSV file with a header, with the columns path, emotion and speaker",
                advice="Check the names after --labels and --speaker-from, and the folder that you are in",
            )
        content = read_bytes(table, _MAX_TABLE_BYTES)
        rows.update(read_table(content, max_bytes=_MAX_TABLE_BYTES, max_rows=_MAX_ROWS))
    label_map = arguments.label_map or ""
    if label_map and "=" not in label_map and not os.path.isfile(label_map):
        raise LabelError(
            "There is no file with the name after --label-map, and it is no map either",
            expected="a file with one word=emotion in a line, or the map itself, such as ruhig=neutral,boredom=-",
            advice="Check the name, and the folder that you are in",
        )
    if os.path.isfile(label_map):
        label_map = read_bytes(label_map, _MAX_MAP_BYTES).decode("utf-8-sig", "replace")
    corpora = on_request.CORPORA if arguments.corpus is None else tuple(arguments.corpus)
    if not set(corpora) <= set(on_request.CORPORA):
        raise LabelError(
            "--corpus names a corpus that is not one of those that are read on request",
            expected=f"one of {', '.join(on_request.CORPORA)}",
            advice="Recordings of all other known corpora are used without it",
        )
    return Labels(speaker_from, rows, arguments.emotion_from, read_label_map(label_map), corpora)


def print_plan(inventory: Inventory) -> None:
    """Print what is used and what is left out, apart from the output of the command."""
    from ser_core.corpora.scan_summary import as_text

    print(as_text(inventory), file=sys.stderr, flush=True)
