"""The process of one training: ``python -m ser_core.own_network.worker``.

It reads its choices and an output folder as one line of JSON from standard input, and writes one line of JSON to
standard output for each epoch and each trained network. When standard input is closed, because the server has ended,
the process ends too.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

# Of the visitors' pages and a training, the pages go first.
_NICENESS = 5

Send = Callable[[str, dict[str, Any]], None]

EPOCH, RESULT, ERROR = "epoch", "result", "error"


def main() -> None:
    """Train as the line on standard input says."""
    # TensorFlow writes to standard output too, so the messages get a copy of it, and the name goes to standard error.
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    _offer_to_be_ended_first()
    request = json.loads(_read_line())
    threading.Thread(target=_end_with_server, daemon=True).start()

    def send(kind: str, values: dict[str, Any]) -> None:
        messages.write(json.dumps({"kind": kind, **values}) + "\n")

    _train_all(request["choices"], Path(request["folder"]), send)


def _train_all(choices_json: dict[str, Any], folder: Path, send: Send) -> None:
    # Imported here, after the output was redirected and the priority was lowered.
    import numpy as np

    from ser_core.errors import SerError
    from ser_core.labels import uar
    from ser_core.own_network.choices import Choices
    from ser_core.own_network.learning_table import draw_table
    from ser_core.own_network.progress import Result
    from ser_core.own_network.trainers import train

    try:
        choices = Choices.from_json(choices_json)
        table = draw_table(choices)
    except SerError as error:
        send(ERROR, {"problem": error.problem, "expected": error.expected, "advice": error.advice})
        return
    for split in choices.splits:
        guesses, files = train(choices, table, split, lambda epoch: send(EPOCH, asdict(epoch)))
        for ending, content in files.items():
            (folder / f"{split}.{ending}").write_bytes(content)
        is_test, labels = table.is_test(split), table.labels
        targets = table.targets[is_test]
        confusion = np.zeros((len(labels), len(labels)), dtype=int)
        np.add.at(confusion, (targets, guesses), 1)
        speakers = table.clips["speaker"]
        tested, trained = set(speakers[is_test]), set(speakers[~is_test])
        result = Result(
            split=split,
            labels=labels,
            n_train=int((~is_test).sum()),
            n_test=int(is_test.sum()),
            n_shared_speakers=len(tested & trained),
            n_test_speakers=len(tested),
            accuracy=float((guesses == targets).mean()),
            uar=uar(targets, guesses),
            confusion=tuple(tuple(row) for row in confusion.tolist()),
        )
        send(RESULT, result.as_json() | {"files": sorted(files)})


def _offer_to_be_ended_first() -> None:
    """Make the kernel end this process, and not the server, when the host has no memory left. Linux only."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _read_line() -> bytes:
    # Not ``sys.stdin``: a thread that waits inside its lock makes Python fail at the end.
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            sys.exit("no choices on standard input")
        line += byte
    return line


def _end_with_server() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
