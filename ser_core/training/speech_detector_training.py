"""Fit the speech detector of a model folder, and measure it on corpora and kinds of sound that it was not fitted to.

Positive examples are clips of the corpora, negative ones are synthesised (``nonspeech_sounds``). Each corpus and each
family of sounds is left out once, to measure how many clips of an unknown corpus pass as speech, and how many sounds of
an unknown family do. The shipped weights are fitted to all examples.
"""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ser_core.atomic_write import replace_when_complete, write_text
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio
from ser_core.corpora import scan
from ser_core.corpora.own_labels import Labels
from ser_core.errors import AudioError
from ser_core.inference.embedder import Embedder
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY, SPEECH_DETECTOR_NAME, SpeechDetector
from ser_core.training.nonspeech_sounds import FAMILIES, synthesise
from ser_core.training.recordings import EVALUATION_ONLY

log = logging.getLogger(__name__)

_CLIPS_PER_CELL = 40
_SOUNDS_PER_FAMILY = 120
_NOISE_SNR_DB = 10.0

SPEECH, NOISY_SPEECH, NOT_SPEECH = "speech", "speech in white noise, 10 dB SNR", "not speech"


def fit_speech_detector(embeddings: np.ndarray, is_speech: np.ndarray, network_sha256: str) -> SpeechDetector:
    """Fit a logistic regression, both classes weighted alike.

    Parameters
    ----------
    embeddings : np.ndarray [shape=(n, d)]
        Embeddings of clips.
    is_speech : np.ndarray [shape=(n,), dtype=bool]
        The class of each clip.
    network_sha256 : str
        SHA-256 of the network that made the embeddings.

    Returns
    -------
    SpeechDetector
        With the standardisation of the embeddings folded into its weights.
    """
    # Strong regularisation: there are as many weights as clips.
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=3000, class_weight="balanced"))
    model.fit(embeddings, is_speech)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - weights @ scaler.mean_)
    return SpeechDetector(weights.astype(np.float32), bias, network_sha256)


def embed_examples(
    embedder: Embedder, data_dir: Path, labels: Labels | None = None, seed: int = 0
) -> tuple[pd.DataFrame, np.ndarray]:
    """Compute the embeddings of clips of all corpora and of synthesised sounds.

    Parameters
    ----------
    embedder : Embedder
        The network.
    data_dir : Path
        A folder with the corpora.
    labels : Labels, optional
        How the labels of a user's own recordings are read; see ``corpora.scan``.
    seed : int
        Seed of the choice of clips, the noise and the synthesis.

    Returns
    -------
    examples : pd.DataFrame
        One row per example: ``group`` (a corpus or a family of sounds), ``kind`` (``SPEECH``, ``NOISY_SPEECH`` or
        ``NOT_SPEECH``).
    embeddings : np.ndarray [shape=(n, d)]
        One row per example.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str]] = []
    embeddings: list[np.ndarray] = []

    def add(group: str, kind: str, audio: Audio) -> None:
        rows.append((group, kind))
        embeddings.append(embedder.detector_input(audio))

    utterances = scan(data_dir, labels).table
    for (corpus, _), cell in utterances.groupby(["corpus", "emotion"], sort=True):
        for number, path in enumerate(cell["path"].sample(min(len(cell), _CLIPS_PER_CELL), random_state=seed)):
            try:
                audio = load_audio(data_dir / path)
            except AudioError:
                continue
            add(str(corpus), SPEECH, audio)
            if number % 4 == 0:
                add(str(corpus), NOISY_SPEECH, _in_noise(audio, rng))
    for family in FAMILIES:
        for samples in synthesise(family, _SOUNDS_PER_FAMILY, seed):
            add(family, NOT_SPEECH, from_samples(samples, SAMPLE_RATE_HZ))
    return pd.DataFrame(rows, columns=["group", "kind"]), np.stack(embeddings)


def measure_left_out(examples: pd.DataFrame, embeddings: np.ndarray, network_sha256: str) -> pd.DataFrame:
    """Measure each corpus and each family of sounds with a detector that was fitted without it.

    A detector is never fitted to the corpora that are for evaluation only.

    Parameters
    ----------
    examples : pd.DataFrame
        As ``embed_examples`` returns it.
    embeddings : np.ndarray [shape=(n, d)]
        One row per example.
    network_sha256 : str
        SHA-256 of the network that made the embeddings.

    Returns
    -------
    pd.DataFrame
        One row per group and kind: ``group``, ``kind``, ``n``, ``passed_as_speech`` (share, 0 to 1). The only group
        of speech is not measured.
    """
    is_speech, may_fit = _fitting_masks(examples)
    lines = []
    for group in examples["group"].unique():
        in_group = (examples["group"] == group).to_numpy()
        is_fitted_to = may_fit & ~in_group
        if len(np.unique(is_speech[is_fitted_to])) < 2:
            log.info("%s: not measured, because no other group is speech", group)
            continue
        detector = fit_speech_detector(embeddings[is_fitted_to], is_speech[is_fitted_to], network_sha256)
        for kind, kind_rows in examples[in_group].groupby("kind", sort=True):
            probabilities = [detector.probability(embedding) for embedding in embeddings[kind_rows.index]]
            passed_share = float(np.mean(np.array(probabilities) >= MIN_SPEECH_PROBABILITY))
            lines.append(
                {"group": group, "kind": kind, "n": len(kind_rows), "passed_as_speech": round(passed_share, 4)}
            )
            log.info("%s, %s: %.1f %% pass as speech", group, kind, 100.0 * passed_share)
    return pd.DataFrame(lines)


def _fitting_masks(examples: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which examples are speech, and which the detector may be fitted to [shape=(n,), dtype=bool]."""
    is_speech = (examples["kind"] != NOT_SPEECH).to_numpy()
    may_fit = (~examples["group"].isin(EVALUATION_ONLY)).to_numpy()
    return is_speech, may_fit


def train_speech_detector(model_dir: Path, data_dir: Path, out_table: Path, labels: Labels | None = None) -> None:
    """Fit the detector of a model folder, write it there, and write what was measured.

    Parameters
    ----------
    model_dir : Path
        The model folder; ``speech_detector.npz`` is written to it.
    data_dir : Path
        A folder with the corpora.
    out_table : Path
        CSV file for the outcome of ``measure_left_out``.
    labels : Labels, optional
        How the labels of a user's own recordings are read; see ``corpora.scan``.
    """
    embedder = Embedder(model_dir)
    network_sha256 = embedder.config.network_sha256
    examples, embeddings = embed_examples(embedder, data_dir, labels)
    write_text(out_table, measure_left_out(examples, embeddings, network_sha256).to_csv(index=False))
    is_speech, may_fit = _fitting_masks(examples)
    detector = fit_speech_detector(embeddings[may_fit], is_speech[may_fit], network_sha256)
    with replace_when_complete(model_dir / SPEECH_DETECTOR_NAME) as temporary:
        detector.write(temporary)
    log.info("wrote %s, fitted to %d examples", SPEECH_DETECTOR_NAME, int(may_fit.sum()))


def _in_noise(audio: Audio, rng: np.random.Generator) -> Audio:
    noise = rng.standard_normal(len(audio.samples))
    gain = np.sqrt(np.mean(audio.samples**2) / 10.0 ** (_NOISE_SNR_DB / 10.0))
    return from_samples((audio.samples + gain * noise).astype(np.float32), SAMPLE_RATE_HZ)
