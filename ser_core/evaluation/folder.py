"""How well a network does on a folder of labelled recordings: decode, predict, count."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from ser_core.audio.loading import load_audio
from ser_core.corpora import scan
from ser_core.errors import AudioError, CorpusError
from ser_core.evaluation.evaluation import figures
from ser_core.inference.recognizer import Recognizer


def evaluate_folder(recognizer: Recognizer, data_dir: Path) -> dict[str, Any]:
    """Predict every recording of a data folder and compare with its label.

    Parameters
    ----------
    recognizer : Recognizer
        The network.
    data_dir : Path
        A folder with the corpora, or with one sub-folder an emotion.

    Returns
    -------
    dict
        What ``evaluation.figures`` gives, JSON-ready, with ``failed`` (``path`` and ``error`` of each recording that
        could not be decoded, which is in no figure) and ``skipped`` (how many sound files were not used, by reason).

    Raises
    ------
    CorpusError
        If the folder holds no usable recording, or not one of them could be decoded.
    """
    inventory = scan(data_dir)
    table = inventory.table
    # disable=None: no bar where stderr is not a terminal.
    paths = tqdm(table["path"], desc="recognising", unit="clip", disable=None)
    outcomes = [_predict(recognizer, Path(data_dir) / path) for path in paths]
    decoded = np.array([isinstance(outcome, np.ndarray) for outcome in outcomes])
    if not decoded.any():
        raise CorpusError(
            f"Not one of the {len(table)} recordings in the data folder could be decoded",
            expected="Recordings that play",
            advice="Check that the files were copied completely, and try one of them with the predict command",
        )
    return {
        **figures(table[decoded], np.stack([each for each in outcomes if isinstance(each, np.ndarray)])),
        "failed": [
            {"path": path, "error": str(outcome)}
            for path, outcome in zip(table["path"], outcomes, strict=True)
            if isinstance(outcome, AudioError)
        ],
        "skipped": dict(Counter(skipped.reason for skipped in inventory.skipped).most_common()),
    }


def _predict(recognizer: Recognizer, path: Path) -> np.ndarray | AudioError:
    try:
        audio = load_audio(path)
    except AudioError as error:
        return error
    return np.array(list(recognizer.predict(audio).probabilities.values()))


def as_text(outcome: dict[str, Any]) -> str:
    """Return ``evaluate_folder``'s outcome as a table to read.

    Parameters
    ----------
    outcome : dict
        What ``evaluate_folder`` returned.

    Returns
    -------
    str
        One line a corpus, one for all, and what could not be used.
    """
    lines = [f"{'':16}{'clips':>7}{'accuracy':>10}{'UAR':>8}   among its own labels"]
    for name, found in [*outcome["corpora"].items(), ("all", outcome["overall"])]:
        among_own = found["restricted"] or found
        lines.append(
            f"{name:16}{found['n']:>7}{found['accuracy']:>10.1%}{found['uar']:>8.1%}"
            f"   accuracy {among_own['accuracy']:.1%}, UAR {among_own['uar']:.1%}"
        )
    lines += [f"cannot be decoded: {failed['path']}: {failed['error']}" for failed in outcome["failed"]]
    lines += [f"left out: {count} x {reason}" for reason, count in outcome["skipped"].items()]
    return "\n".join(lines)
