"""Quality check of a recording: problems that make a prediction unreliable, with advice for each.

The thresholds were chosen on RAVDESS, TESS, CREMA-D, nEMO and EMOVO, on synthetic noises, hums and tones, and on
mixtures of both. No note is given to any of the 16,000 recordings of these corpora, or to a recording of EmoDB.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.fft import rfft

from ser_core.audio.level import FRAME, SILENT_DB, loud_level_db, loud_power, pieces
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, require_audio

MIN_DURATION_S = 0.5

_WINDOW = np.hanning(FRAME + 1)[:-1].astype(np.float32)

# Decibels relative to full scale. The quietest of 1,200 RAVDESS clips, a quiet corpus, has -57 dB.
_QUIET_DB = -60.0

# Speech alternates between open and closed sounds, so the shape of its spectrum changes by 1.7 to 9 dB. Fans, hum, hiss
# and tones stay below 1.3 dB, even if their level changes. With white or pink noise added, all voices pass at a
# signal-to-noise ratio of 5 dB, and 99 % at 0 dB.
_MIN_SPECTRAL_CHANGE_DB = 1.5
_BAND_EDGES_HZ = np.array([100, 300, 600, 1_000, 1_500, 2_100, 2_900, 4_000])
_BAND_EDGES = np.round(_BAND_EDGES_HZ * FRAME / SAMPLE_RATE_HZ).astype(int)
# Frames more than 30 dB below the loud ones, and bands more than 30 dB below their frame, count as background.
_BACKGROUND = 1e-3

# In a clipped wave, many samples are at full scale. In a natural wave, at any gain, fewer samples are at the top than
# on the slopes just below. Resampling and lossy coding add ripple to flat tops, so the top is a range, not one value.
_TOP = (0.98, 1.03)
_SLOPE = (0.92, 0.98)
_MIN_TOP_RUN = 3
_MIN_TOP_SHARE = 0.001
_MIN_TOP_TO_SLOPE = 1.25


@dataclass(frozen=True)
class QualityNote:
    """One problem of a recording.

    Parameters
    ----------
    code : str
        ``"silent"``, ``"too_short"``, ``"not_speech"``, ``"too_quiet"``, ``"clipped"``, ``"cut"``, ``"other_track"`` or
        ``"single_channel"``.
    message : str
        The problem, in one sentence.
    advice : str
        What to do, in one sentence.
    serious : bool
        True if a prediction from this recording is not reliable.
    """

    code: str
    message: str
    advice: str
    serious: bool


def check_quality(audio: Audio) -> tuple[QualityNote, ...]:
    """Find problems that make a prediction unreliable.

    "No speech" means a sound whose spectrum keeps its shape: hiss, hum, a fan, a held tone. A sound that changes as
    fast as speech, for example music, passes. Clipping is found only at full scale; lossy coding can hide it.

    Parameters
    ----------
    audio : Audio
        The recording.

    Returns
    -------
    tuple of QualityNote
        Serious problems first; empty if there is none.

    Raises
    ------
    AudioTypeError
        If ``audio`` is not an ``Audio``.
    """
    require_audio(audio)
    level_db = loud_level_db(audio.samples)
    notes = []
    if audio.duration_s < MIN_DURATION_S:
        notes.append(
            QualityNote(
                "too_short",
                f"The recording lasts only {audio.duration_s:.2f} seconds.",
                "Record at least half a second; a sentence or two works best.",
                serious=True,
            )
        )
    if level_db < SILENT_DB:
        notes.append(
            QualityNote(
                "silent",
                "The recording is silent.",
                "Check that the right microphone is chosen and not muted, then record again.",
                serious=True,
            )
        )
    elif audio.duration_s >= MIN_DURATION_S and not has_speech(audio.samples):
        notes.append(
            QualityNote(
                "not_speech",
                "No speech was found: the sound is like noise, tones or music.",
                "Speak close to the microphone, away from fans and machines, and record again.",
                serious=True,
            )
        )
    if SILENT_DB <= level_db < _QUIET_DB:
        notes.append(
            QualityNote(
                "too_quiet",
                "The recording is very quiet, so noise may count as much as the voice.",
                "Move closer to the microphone or turn its level up.",
                serious=False,
            )
        )
    if _is_clipped(audio.samples):
        notes.append(
            QualityNote(
                "clipped",
                "The loudest parts are clipped: their tops are cut off, which sounds harsh.",
                "Move away from the microphone or turn its level down.",
                serious=False,
            )
        )
    if audio.was_cut:
        notes.append(
            QualityNote(
                "cut",
                f"Only the first {audio.duration_s:,.0f} seconds are used; the recording is longer.",
                "Cut out the part that matters to have it analysed.",
                serious=False,
            )
        )
    if audio.source.track > 1 and not audio.source.track_is_chosen:
        notes.append(
            QualityNote(
                "other_track",
                f"Sound track {audio.source.track} of the file is used: those before it are silent or cannot be read.",
                "If you meant another sound track, save it as a file of its own.",
                serious=False,
            )
        )
    if audio.source.channel is not None:
        notes.append(
            QualityNote(
                "single_channel",
                f"The channels of the recording cancel each other, so only channel {audio.source.channel} is used.",
                "Check the plugs and the settings of your microphone: one channel is reversed.",
                serious=False,
            )
        )
    return tuple(notes)


def has_speech(samples: np.ndarray) -> bool:
    """Return whether the spectrum of a sound changes as that of speech does; False for silence, noise and tones.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        16 kHz mono.
    """
    return any(_spectral_change_db(frames) >= _MIN_SPECTRAL_CHANGE_DB for frames in pieces(samples))


def _spectral_change_db(frames: np.ndarray) -> float:
    """Return the change of the spectrum's shape over the loud frames, in decibels, independent of their level."""
    # NumPy's transform takes five times as long for single precision.
    spectrum = rfft(frames * _WINDOW, axis=1)[:, _BAND_EDGES[0] : _BAND_EDGES[-1]]
    power = spectrum.real**2 + spectrum.imag**2
    bands = np.add.reduceat(power, _BAND_EDGES[:-1] - _BAND_EDGES[0], axis=1)
    total = bands.sum(axis=1)
    is_loud = total > _BACKGROUND * loud_power(total)
    if not is_loud.any():
        return 0.0
    shape_db = 10.0 * np.log10(bands[is_loud] / total[is_loud, np.newaxis] + _BACKGROUND)
    shape_db -= shape_db.mean(axis=1, keepdims=True)
    return float(shape_db.std(axis=0).mean())


def _is_clipped(samples: np.ndarray) -> bool:
    # Most clips do not reach full scale, and need no copy of their samples.
    if max(samples.max(), -samples.min()) < _TOP[0]:
        return False
    magnitude = np.abs(samples)
    is_top = (magnitude >= _TOP[0]) & (magnitude < _TOP[1])
    edges = np.flatnonzero(np.diff(is_top, prepend=False, append=False))
    run_lengths = edges[1::2] - edges[::2]
    n_top = run_lengths[run_lengths >= _MIN_TOP_RUN].sum()
    n_slope = np.count_nonzero((magnitude >= _SLOPE[0]) & (magnitude < _SLOPE[1]))
    return bool(n_top >= _MIN_TOP_SHARE * len(samples) and n_top > _MIN_TOP_TO_SLOPE * n_slope)
