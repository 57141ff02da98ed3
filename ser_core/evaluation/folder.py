"""Recognition figures of a folder of labelled recordings: decode, predict, compare with the labels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_core.audio.loading import load_audio
from ser_core.corpora import scan
from ser_core.emotions import LABELS
from ser_core.errors import AudioError, CorpusError
from ser_core.inference.recognizer import Recognizer
from ser_core.metrics import recognition


def evaluate_folder(recognizer: Recognizer, data_dir: Path) -> dict[str, Any]:
    """Predict every recording of a data folder and compare the predictions with the labels.

    Parameters
    ----------
    recognizer : Recognizer
        The network.
    data_dir : Path
        A folder with the corpora, or with one sub-folder per emotion.

    Returns
    -------
    dict
        JSON-ready: ``corpora`` (``metrics.recognition`` by corpus), ``overall`` (``metrics.recognition`` of all clips),
        ``failed`` (``path`` and ``error`` of each recording that could not be decoded; these are in no figure) and
        ``skipped`` (number of sound files that were not used, by reason).

    Raises
    ------
    CorpusError
        If the folder holds no usable recording, or none of them could be decoded.
    """
    inventory = scan(data_dir)
    table = inventory.table
    # disable=None: no progress bar where stderr is not a terminal.
    progress = tqdm(table["path"], desc="recognising", unit="clip", disable=None)
    outcomes = [_predict(recognizer, Path(data_dir) / path) for path in progress]
    probabilities = [outcome for outcome in outcomes if isinstance(outcome, np.ndarray)]
    if not probabilities:
        raise CorpusError(
            f"Not one of the {len(table)} recordings in the data folder could be decoded",
            expected="Recordings that play",
            advice="Check that the files were copied completely, and try one of them with the predict command",
        )
    predictions = table[[isinstance(outcome, np.ndarray) for outcome in outcomes]].reset_index(drop=True)
    predictions[list(LABELS)] = np.stack(probabilities)
    return {
        "corpora": {str(corpus): recognition(rows) for corpus, rows in predictions.groupby("corpus")},
        "overall": recognition(predictions),
        "failed": [
            {"path": path, "error": str(outcome)}
            for path, outcome in zip(table["path"], outcomes, strict=True)
            if isinstance(outcome, AudioError)
        ],
        "skipped": dict(Counter(skipped.reason for skipped in inventory.skipped).most_common()),
    }


def _predict(recognizer: Recognizer, path: Path) -> npt.NDArray[np.float64] | AudioError:
    try:
        audio = load_audio(path)
    except AudioError as error:
        return error
    return recognizer.predict(audio).shares


def as_text(evaluation: dict[str, Any]) -> str:
    """Return the figures of ``evaluate_folder`` as a table to read.

    Parameters
    ----------
    evaluation : dict
        The return value of ``evaluate_folder``.

    Returns
    -------
    str
        One line per corpus, one line for all clips, then the recordings that could not be used.
    """
    lines = [f"{'':16}{'clips':>7}{'speakers':>10}{'accuracy':>10}{'UAR':>8}   (among the labels of each corpus)"]
    for name, figures in [*evaluation["corpora"].items(), ("all", evaluation["overall"])]:
        lines.append(
            f"{name:16}{figures['n']:>7}{figures['n_speakers']:>10}{figures['accuracy']:>10.1%}{figures['uar']:>8.1%}"
        )
    lines += [f"cannot be decoded: {failed['path']}: {failed['error']}" for failed in evaluation["failed"]]
    lines += [f"left out: {count} x {reason}" for reason, count in evaluation["skipped"].items()]
    return "\n".join(lines)
