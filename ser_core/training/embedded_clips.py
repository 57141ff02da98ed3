"""Clips after the frozen trunk of a network, computed once for all trainings.

The trunk takes nine tenths of the time of a training. If its weights are published and frozen, its output for a clip is
the same in every epoch, fold and experiment. So the output is computed once for each clip without augmentation, for
testing, and for a few augmented copies, for training. The head is then trained on the outputs, in a tenth of the time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_core.atomic_write import replace_when_complete
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.inference.windows import Windows
from ser_core.training.clips import SpectrogramClips
from ser_core.training.prefetch import prefetch

log = logging.getLogger(__name__)

# Larger batches take longer per clip: the memory allocator does not keep feature maps of that size.
_BATCH_SIZE = 32


@dataclass(frozen=True, eq=False)
class EmbeddedClips:
    """All clips after the network's trunk; implements ``Clips``.

    Parameters
    ----------
    clips : LogMelClips or PlainClips
        The clips before the trunk.
    copies : tuple of np.ndarray [shape=(n, steps, channels), dtype=float16]
        Augmented copies of all clips, one array per copy.
    clean_windows : np.ndarray [shape=(sum of w, steps, channels), dtype=float16]
        All windows of all clips without augmentation, cut as in serving.
    starts : np.ndarray [shape=(n + 1,)]
        Clip ``i`` has the rows ``starts[i]`` to ``starts[i + 1]`` of ``clean_windows``.
    clean_share : float
        Probability that a training input is drawn without augmentation.
    """

    clips: SpectrogramClips
    copies: tuple[npt.NDArray[np.float16], ...]
    clean_windows: npt.NDArray[np.float16]
    starts: npt.NDArray[np.integer]
    clean_share: float = 0.5

    @property
    def front_end(self) -> LogMelFrontEnd | WhisperFrontEnd:
        """The front end of the trunk."""
        return self.clips.front_end

    @property
    def n_channels(self) -> int:
        """Number of values in a step."""
        return int(self.clean_windows.shape[-1])

    def limited_to(self, n_augmented_copies: int, clean_share: float) -> EmbeddedClips:
        """Return the clips with fewer augmented copies, or with another share of clips without augmentation.

        Parameters
        ----------
        n_augmented_copies : int
            Number of copies to use; larger numbers use all.
        clean_share : float
            Probability that a training input is drawn without augmentation.
        """
        return replace(self, copies=self.copies[:n_augmented_copies], clean_share=clean_share)

    def training_input(self, row: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return one augmented copy of a clip, or one of its windows without augmentation; see ``Clips``."""
        return self.draw(row, rng)[1]

    def draw(self, row: int, rng: np.random.Generator) -> tuple[int, npt.NDArray[np.float32]]:
        """Draw a training input, and return the number of its copy too.

        Parameters
        ----------
        row : int
            Row of the corpus table.
        rng : np.random.Generator
            Source of the randomness.

        Returns
        -------
        int
            0 for a window without augmentation, else the number of the augmented copy, from 1.
        np.ndarray [shape=(steps, channels)]
            The steps of one window.
        """
        embedded: npt.NDArray[np.float16]
        copy = 0
        if not self.copies or rng.random() < self.clean_share:
            embedded = self.clean_windows[rng.integers(self.starts[row], self.starts[row + 1])]
        else:
            copy = 1 + int(rng.integers(len(self.copies)))
            embedded = self.copies[copy - 1][row]
        return copy, embedded.astype(np.float32)

    def windows(self, row: int) -> Windows:
        """Return all windows of one clip, cut as in serving, after the trunk; see ``Clips``."""
        inputs = self.clean_windows[self.starts[row] : self.starts[row + 1]].astype(np.float32)
        return replace(self.clips.windows(row), inputs=inputs)

    def description(self) -> dict[str, Any]:
        """Return the parameters of front end, augmentation and copies; see ``Clips``."""
        return {
            **self.clips.description(),
            "n_augmented_copies": len(self.copies),
            "clean_share": self.clean_share,
        }

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> EmbeddedClips:
        """Return the clips unchanged: nothing is estimated from the training clips."""
        return self


def embed(
    clips: SpectrogramClips,
    copies: Sequence[SpectrogramClips],
    trunk: keras.Model,
    *,
    cache_key: str,
    seed: int,
    cache_dir: Path,
) -> EmbeddedClips:
    """Compute the trunk's output for every clip, or read it from the cache.

    Parameters
    ----------
    clips : LogMelClips or PlainClips
        The clips; their windows are cut as in serving.
    copies : sequence of LogMelClips or PlainClips
        The clips of each augmented copy. A copy has one training input of each clip.
    trunk : keras.Model
        From windows [shape=(w, frames, bands)] to steps [shape=(w, steps, channels)].
    cache_key : str
        Identity of the recordings and of the trunk's weights.
    seed : int
        Seed of the augmentation.
    cache_dir : Path
        Folder of the cache. Each copy is one file, so that an interrupted run continues with the next copy.

    Returns
    -------
    EmbeddedClips
    """
    n_clips = len(clips.starts) - 1
    identity = json.dumps({"cache_key": cache_key, "seed": seed, **clips.description()}, sort_keys=True)
    prefix = f"embedded-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"

    def augmented(copy: int) -> Iterator[npt.NDArray[np.float32]]:
        return (copies[copy].training_input(row, np.random.default_rng([seed, copy, row])) for row in range(n_clips))

    n_windows = [len(clips.windows(row).inputs) for row in range(n_clips)]
    clean = (window for row in range(n_clips) for window in clips.windows(row).inputs)
    clean_windows = _cached_output(trunk, clean, sum(n_windows), cache_dir / f"{prefix}-whole.npy")
    embedded_copies = tuple(
        _cached_output(trunk, augmented(copy), n_clips, cache_dir / f"{prefix}-variant-{copy}.npy")
        for copy in range(len(copies))
    )
    return EmbeddedClips(clips, embedded_copies, clean_windows, np.concatenate([[0], np.cumsum(n_windows)]))


def _cached_output(
    trunk: keras.Model, windows: Iterator[npt.NDArray[np.float32]], n_windows: int, cached: Path
) -> npt.NDArray[np.float16]:
    if not cached.exists():
        with replace_when_complete(cached) as temporary:
            output = np.lib.format.open_memmap(temporary, "w+", np.float16, (n_windows, *trunk.output_shape[1:]))
            _reserve_space(temporary)
            batches = prefetch(np.stack(batch) for batch in iter(lambda: list(islice(windows, _BATCH_SIZE)), []))
            progress = tqdm(batches, total=-(-n_windows // _BATCH_SIZE), desc=cached.stem, disable=None)
            for number, batch in enumerate(progress):
                first = number * _BATCH_SIZE
                output[first : first + len(batch)] = trunk.predict_on_batch(batch)
            output.flush()
        log.info("computed the trunk's output for %d windows", n_windows)
    output_of_trunk: npt.NDArray[np.float16] = np.load(cached, mmap_mode="r")
    return output_of_trunk


def _reserve_space(path: Path) -> None:
    """Reserve disk space for a sparse file: on a full disk, a write to its memory map would end the process."""
    if sys.platform == "linux":
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
