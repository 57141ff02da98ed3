"""Removal of octave jumps from a pitch contour, as Praat's "Kill octave jumps" does."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def without_octave_jumps(pitch_hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return a pitch contour without jumps by an octave between neighbouring frames.

    A voice cannot change its pitch by more than half an octave from one frame to the next: such a jump is an error of
    the pitch tracker. As in Praat's "Kill octave jumps", each frame is moved by whole octaves to within half an octave
    of the frame before it. Two differences: each voiced stretch is corrected separately, because the pitch may really
    change across a pause; and the octave of a stretch is the one that most of its frames have, not that of its first.

    Parameters
    ----------
    pitch_hz : np.ndarray [shape=(t,)]
        Pitch in hertz, NaN where a frame is not voiced.

    Returns
    -------
    np.ndarray [shape=(t,)]
        A new array with NaN in the same frames.
    """
    corrected = pitch_hz.copy()
    is_voiced = np.isfinite(pitch_hz)
    edges = np.flatnonzero(np.diff(is_voiced, prepend=False, append=False))
    for start, end in edges.reshape(-1, 2):
        jumps = np.round(np.diff(np.log2(pitch_hz[start:end]))).astype(int)
        if not jumps.any():
            continue
        octaves_up = np.concatenate([[0], np.cumsum(jumps)])
        levels, n_frames = np.unique(octaves_up, return_counts=True)
        corrected[start:end] *= 2.0 ** (levels[n_frames.argmax()] - octaves_up)
    return corrected
