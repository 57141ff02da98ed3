"""Logits of test clips that are compared with other clips of the same voice, by a network in training."""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.training.referenced_clips import ReferencedClips
from ser_core.training.scoring import pooled_logits

# Name of each kind of profile -> number of its clips, and whether all have the same emotion.
PROFILES = {"3 clips": (3, False), "10 clips": (10, False), "10 clips of one mood": (10, True)}

# The kinds that a calibration is fitted on.
SEVERAL_MOODS = tuple(name for name, (_, one_mood) in PROFILES.items() if not one_mood)


def profile_logits(
    head: keras.Model,
    clips: ReferencedClips,
    table: pd.DataFrame,
    rows: npt.NDArray[np.integer],
    profile: str,
    seed: int,
) -> npt.NDArray[np.float64]:
    """Return the pooled logits of some clips, each relative to random other clips of its speaker.

    Parameters
    ----------
    head : keras.Model
        From relative steps to logits.
    clips : ReferencedClips
        The clips of the training.
    table : pd.DataFrame
        The corpus table.
    rows : np.ndarray [shape=(n,), dtype=int]
        Rows of the corpus table: the test part.
    profile : str
        A key of ``PROFILES``.
    seed : int
        Seed of the choice of the other clips.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
    """
    references = draw_references(table.iloc[rows], profile, seed)
    profiles = [clips.profile_of(rows[reference]) if len(reference) else None for reference in references]
    return pooled_logits(
        head, [clips.windows_against(row, profile) for row, profile in zip(rows, profiles, strict=True)]
    )


def draw_references(table: pd.DataFrame, profile: str, seed: int) -> list[npt.NDArray[np.integer]]:
    """Draw, for each clip of a table, other clips of the same voice.

    Parameters
    ----------
    table : pd.DataFrame
        Rows of the corpus table.
    profile : str
        A key of ``PROFILES``.
    seed : int
        Seed of the choice.

    Returns
    -------
    list of np.ndarray [dtype=int]
        Positions in ``table``, for each of its rows; empty where no other clip is known to be of this voice.
    """
    rng = np.random.default_rng(seed)
    n_clips, one_mood = PROFILES[profile]
    emotions = table["emotion"].to_numpy()
    # Speech and song of one person are different voices.
    voices = table.groupby(["corpus", "speaker"]).ngroup().to_numpy()

    def draw(row: int) -> npt.NDArray[np.integer]:
        candidates = np.flatnonzero((voices == voices[row]) & (voices >= 0))
        candidates = candidates[candidates != row]
        if one_mood and len(candidates):
            candidates = candidates[emotions[candidates] == rng.choice(np.unique(emotions[candidates]))]
        reference: npt.NDArray[np.integer] = rng.choice(candidates, min(n_clips, len(candidates)), replace=False)
        return reference

    return [draw(row) for row in range(len(table))]
