"""Level of a recording: that of its loudest quarter of a second."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ser_core.audio.mixdown import SAMPLE_RATE_HZ

# Decibels relative to full scale. A muted microphone uses only the last two or three of 16 bits, below -80 dB.
SILENT_DB = -80.0

# 64 ms: long enough that the spectrum of steady noise is nearly the same in every frame.
FRAME, _HOP = 1_024, 512

# A percentile of the whole recording would miss one word in a long pause, and the single loudest frame could be a
# click.
_LOUD_FRAMES = round(0.25 * SAMPLE_RATE_HZ / _HOP)

# Long recordings are analysed in pieces, so that one word in minutes of noise is found.
_PIECE_S = 4.0


def loud_level_db(samples: npt.NDArray[np.float32]) -> float:
    """Return the level of the loudest quarter of a second, in decibels relative to full scale.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz, at least one.
    """
    # The variance excludes a constant offset, which is inaudible.
    power = np.concatenate([frames.var(axis=1, dtype=np.float64) for frames in pieces(samples)])
    return 10.0 * float(np.log10(loud_power(power) + 1e-20))


def loud_power(power: np.ndarray) -> float:
    """Return the power that the frames of the loudest quarter of a second reach; of half of the frames in a short clip.

    Parameters
    ----------
    power : np.ndarray [shape=(n_frames,)]
        Power of each frame.
    """
    n = min(_LOUD_FRAMES, (len(power) + 1) // 2)
    return float(np.partition(power, -n)[-n])


def pieces(samples: npt.NDArray[np.float32]) -> Iterator[npt.NDArray[np.float32]]:
    """Cut samples into overlapping frames, and yield the frames of four seconds or less at a time.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz; fewer than ``FRAME`` are padded with zeros.

    Yields
    ------
    np.ndarray [shape=(n_frames, FRAME)]
        Read-only view.
    """
    if len(samples) < FRAME:
        samples = np.pad(samples, (0, FRAME - len(samples)))
    n_pieces = int(np.ceil(len(samples) / (_PIECE_S * SAMPLE_RATE_HZ)))
    for piece in np.array_split(samples, n_pieces):
        yield np.lib.stride_tricks.sliding_window_view(piece, FRAME)[::_HOP]
