"""What each decoder returns, and the error that each decoder raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_core.audio.sources import READABLE_KINDS
from ser_core.errors import UnreadableAudioError, UnsupportedCodecError


@dataclass(frozen=True)
class Decoding:
    """An opened recording: the properties in its header, and its samples.

    Parameters
    ----------
    format : str
        Name of the format that users know: ``"WAV"``, ``"M4A/MP4"``.
    sample_rate_hz, channels : int
        Sample rate in hertz and number of channels, from the header.
    claimed_duration_s : float or None
        Duration in seconds from the header, which may be wrong; None if the header has none.
    blocks : Iterator of (np.ndarray [shape=(frames, channels)], int)
        Samples as float32 with full scale at 1.0, each block with its sample rate in hertz.
    track, n_tracks : int
        Number of the sound track, counted from 1, and number of sound tracks in the file.
    """

    format: str
    sample_rate_hz: int
    channels: int
    claimed_duration_s: float | None
    blocks: Iterator[tuple[npt.NDArray[np.float32], int]]
    track: int = 1
    n_tracks: int = 1


def undecodable(problem: str) -> UnreadableAudioError:
    """Return the error for a file whose content cannot be decoded.

    Parameters
    ----------
    problem : str
        What is wrong, as a sentence without its full stop.

    Returns
    -------
    UnreadableAudioError
    """
    return UnreadableAudioError(
        problem,
        expected=f"a whole, unprotected recording as {READABLE_KINDS}",
        advice="Try the original again, or export it again as WAV",
    )


def unsupported_codec(codec: str) -> UnsupportedCodecError:
    """Return the error for a file whose codec cannot be decoded.

    Parameters
    ----------
    codec : str
        Name of the codec.

    Returns
    -------
    UnsupportedCodecError
    """
    return UnsupportedCodecError(
        f"The sound of the file is packed as {codec}, which cannot be read here",
        expected=f"a recording as {READABLE_KINDS}",
        advice="Open it with a player or an audio editor, and export it as WAV or MP3",
    )
