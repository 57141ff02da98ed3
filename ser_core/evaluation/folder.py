"""Recognition figures of a folder of labelled recordings: decode, predict, compare with the labels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from ser_core.audio.loading import load_audio
from ser_core.corpora import Inventory
from ser_core.emotions import LABELS
from ser_core.errors import AudioError, CorpusError
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.verdict import find_defects, reach_verdict
from ser_core.metrics import recognition


def evaluate_folder(recognizer: Recognizer, data_dir: Path, inventory: Inventory) -> dict[str, Any]:
    """Predict every recording of a data folder and compare the predictions with the labels.

    Parameters
    ----------
    recognizer : Recognizer
        The network.
    data_dir : Path
        The data folder.
    inventory : Inventory
        Its recordings, as ``corpora.scan`` returns them.

    Returns
    -------
    dict
        JSON-ready: ``corpora`` (``metrics.recognition`` by corpus), ``overall`` (``metrics.recognition`` of all clips),
        ``failed`` (``path`` and ``error`` of each recording that could not be decoded), ``not_judged`` (``path`` and
        ``reason`` of each recording with a serious defect, for example silence) and ``skipped`` (number of sound files
        that were not used, by reason). Recordings that failed or were not judged are in no figure.

    Raises
    ------
    CorpusError
        If none of the recordings could be decoded and judged.
    """
    table = inventory.table
    judged_rows, shares, failed, not_judged = [], [], [], []
    # disable=None: no progress bar where stderr is not a terminal.
    for row, path in enumerate(tqdm(table["path"], desc="recognising", unit="clip", disable=None)):
        try:
            audio = load_audio(Path(data_dir) / path)
        except AudioError as error:
            failed.append({"path": path, "error": str(error)})
            continue
        prediction = recognizer.predict(audio)
        verdict = reach_verdict(prediction, find_defects(audio, prediction))
        if verdict.kind == "not_judged":
            not_judged.append({"path": path, "reason": verdict.reason})
            continue
        judged_rows.append(row)
        shares.append(prediction.shares)
    if not judged_rows:
        raise CorpusError(
            f"Not one of the {len(table)} recordings can be used: {len(failed)} cannot be read, {len(not_judged)} are "
            "silent, too short or not speech",
            expected="readable recordings of speech",
            advice="Try one of them with the predict command: it names the reason",
        )
    predictions = table.iloc[judged_rows].reset_index(drop=True)
    predictions[list(LABELS)] = np.stack(shares)
    return {
        "corpora": {str(corpus): recognition(rows) for corpus, rows in predictions.groupby("corpus")},
        "overall": recognition(predictions),
        "failed": failed,
        "not_judged": not_judged,
        "skipped": inventory.n_skipped_by_reason(),
    }


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
    n_not_judged = Counter(clip["reason"] for clip in evaluation["not_judged"])
    lines += [f"not judged: {count} x {reason}" for reason, count in n_not_judged.most_common()]
    lines += [f"left out: {count} x {reason}" for reason, count in evaluation["skipped"].items()]
    return "\n".join(lines)
