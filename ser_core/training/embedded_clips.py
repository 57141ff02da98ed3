"""Every clip as a frozen lower part of the network sees it, computed once for all trainings.

Nine tenths of the work of training ``ser_cnn`` lie in its convolutions. Where these are taken over from published
weights and frozen, what they make of a clip is the same in every epoch, fold and experiment: so each clip goes
through them once as it is, for testing, and a few times varied, for training; the upper part then learns from
what came out, in a tenth of the time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
from tqdm import tqdm

from ser_core.inference.front_end import LogMelFrontEnd, Windows
from ser_core.training.prefetch import prefetch
from ser_core.training.training_data import LogMelClips

log = logging.getLogger(__name__)

# Larger ones take longer a clip: their maps are too big for the allocator to keep.
_BATCH = 32


@dataclass(frozen=True, eq=False)
class EmbeddedClips:
    """All clips after the network's lower part.

    Parameters
    ----------
    clips : LogMelClips
        What went in.
    variants : tuple of np.ndarray [shape=(n, steps, channels), dtype=float16]
        One array for each time that every clip was varied.
    whole : np.ndarray [shape=(sum of w, steps, channels), dtype=float16]
        All windows of all clips as they are, as serving cuts them.
    starts : np.ndarray [shape=(n + 1,)]
        Clip ``i`` has the windows ``starts[i]`` to ``starts[i + 1]``.
    clean_share : float
        How often a clip is learnt from as it is.
    """

    clips: LogMelClips
    variants: tuple[np.ndarray, ...]
    whole: np.ndarray
    starts: np.ndarray
    clean_share: float = 0.5

    @property
    def front_end(self) -> LogMelFrontEnd:
        """What the lower part is fed."""
        return self.clips.front_end

    def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
        """Return one of a clip's variants, or one of its windows as it is [shape=(steps, channels)]."""
        if not self.variants or rng.random() < self.clean_share:
            return self.whole[rng.integers(self.starts[row], self.starts[row + 1])].astype(np.float32)
        return self.variants[rng.integers(len(self.variants))][row].astype(np.float32)

    def windows(self, row: int) -> Windows:
        """Return all windows of a clip, as serving cuts them, after the lower part."""
        embedded = self.whole[self.starts[row] : self.starts[row + 1]].astype(np.float32)
        return replace(self.clips.windows(row), inputs=embedded)

    def description(self) -> dict[str, Any]:
        """Return what must be the same for a cut-off training to go on, JSON-ready."""
        return {
            **self.clips.description(),
            "n_augmented_copies": len(self.variants),
            "clean_share": self.clean_share,
        }

    def fitted_to(self, rows: np.ndarray) -> EmbeddedClips:
        """Return itself: nothing is learnt from the training clips."""
        return self


def embed(
    clips: LogMelClips, trunk: keras.Model, *, name: str, n_augmented_copies: int, seed: int, cache_dir: Path
) -> EmbeddedClips:
    """Send every clip through a frozen network, or read that from the cache.

    Parameters
    ----------
    clips : LogMelClips
        The clips.
    trunk : keras.Model
        From windows to steps.
    name : str
        Stands for the clips and the trunk: the same name, the same numbers.
    n_augmented_copies : int
        How often each clip is varied.
    seed : int
        Of the variations.
    cache_dir : Path
        Where the outcome is kept, one file for each variant, so that a cut-off run goes on.
    """
    n_clips = len(clips.starts) - 1
    described = json.dumps({"name": name, "seed": seed, **clips.description()}, sort_keys=True)
    prefix = cache_dir / f"embedded-{hashlib.sha256(described.encode()).hexdigest()[:16]}"
    cache_dir.mkdir(parents=True, exist_ok=True)

    def varied(number: int) -> Iterator[np.ndarray]:
        return (clips.training_input(row, np.random.default_rng([seed, number, row])) for row in range(n_clips))

    counts = [len(clips.windows(row).inputs) for row in range(n_clips)]
    unvaried = (window for row in range(n_clips) for window in clips.windows(row).inputs)
    whole = _computed_once(trunk, unvaried, sum(counts), Path(f"{prefix}-whole.npy"))
    variants = tuple(
        _computed_once(trunk, varied(number), n_clips, Path(f"{prefix}-variant-{number}.npy"))
        for number in range(n_augmented_copies)
    )
    return EmbeddedClips(clips, variants, whole, np.concatenate([[0], np.cumsum(counts)]))


def _computed_once(trunk: keras.Model, windows: Iterator[np.ndarray], n: int, kept: Path) -> np.ndarray:
    if not kept.exists():
        unfinished = kept.with_suffix(".part.npy")
        embedded = np.lib.format.open_memmap(unfinished, "w+", np.float16, (n, *trunk.output_shape[1:]))
        batches = prefetch(np.stack(group) for group in iter(lambda: list(islice(windows, _BATCH)), []))
        for number, batch in enumerate(tqdm(batches, total=-(-n // _BATCH), desc=kept.stem, disable=None)):
            embedded[number * _BATCH : number * _BATCH + len(batch)] = trunk.predict_on_batch(batch)
        embedded.flush()
        os.replace(unfinished, kept)
        log.info("sent %d windows through the lower part", n)
    return np.load(kept, mmap_mode="r")
