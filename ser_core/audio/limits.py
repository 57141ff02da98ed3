"""The limits of one recording: the largest file that is read, and the longest duration that is decoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AudioLimits:
    """Limits for one recording.

    Parameters
    ----------
    max_duration_s : float
        Longer recordings are cut to this duration, in seconds; the rest is not decoded.
    max_bytes : int
        Larger files are refused.
    """

    max_duration_s: float = 600.0
    max_bytes: int = 50 * 1024**2


DEFAULT_LIMITS = AudioLimits()
