"""Scaling of samples of any numeric type to float32."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ser_core.errors import UnreadableAudioError


def to_float32(samples: np.ndarray) -> npt.NDArray[np.float32]:
    """Scale samples of any numeric type to float32 with full scale at 1.0.

    Parameters
    ----------
    samples : np.ndarray [shape=(...)]
        Floats, which are not scaled, or integers, which are divided by the largest value of their type. Zero is in
        the middle of the range of unsigned integers, as in 8-bit WAV.

    Returns
    -------
    np.ndarray [same shape]
        float32. Values too large for float32 become infinite.

    Raises
    ------
    UnreadableAudioError
        The samples are neither integers nor real floats.
    """
    if samples.dtype == np.float32:
        return samples
    if samples.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return samples.astype(np.float32)
    if samples.dtype.kind not in "iu":
        raise UnreadableAudioError(
            f"The samples are of type {samples.dtype}",
            expected="samples that are integers or real floating-point numbers",
            advice="Convert them to float32 between -1 and 1",
        )
    full_scale = 2.0 ** (8 * samples.dtype.itemsize - 1)
    zero = full_scale if samples.dtype.kind == "u" else 0.0
    scaled: npt.NDArray[np.float32] = ((samples.astype(np.float64) - zero) / full_scale).astype(np.float32)
    return scaled
