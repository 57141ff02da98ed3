"""Logits of test clips that are compared with other clips of the same voice, by a network in training."""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.inference.voice_profile import VoiceProfile
from ser_core.training.referenced_clips import ReferencedClips
from ser_core.training.scoring import pooled_logits

# Name of each kind of profile -> number of its clips, and whether all have the same emotion.
PROFILES = {"3 clips": (3, False), "10 clips": (10, False), "10 clips of one mood": (10, True)}


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
    rng = np.random.default_rng(seed)
    n_clips, one_mood = PROFILES[profile]
    tested = table.iloc[rows]
    # Speech and song of one person are different voices.
    positions = pd.Series(rows, index=tested.index)
    rows_of_voice = {
        voice: group.to_numpy() for voice, group in positions.groupby([tested["corpus"], tested["speaker"]])
    }

    def profile_of(row: int) -> VoiceProfile | None:
        voice = (table["corpus"].iloc[row], table["speaker"].iloc[row])
        others = rows_of_voice.get(voice, np.empty(0, dtype=int))
        others = others[others != row]
        if one_mood and len(others):
            moods = clips.emotions[others]
            others = others[moods == rng.choice(np.unique(moods))]
        if not len(others):
            return None
        return clips.profile_of(rng.choice(others, min(n_clips, len(others)), replace=False))

    return pooled_logits(head, [clips.windows_against(row, profile_of(row)) for row in rows])
