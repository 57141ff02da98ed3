"""The five features of the original project, and pitch, frame by frame.

One short-time Fourier transform (STFT) gives mel power, MFCC and chroma. Zero crossings, RMS and pitch are computed
from the waveform, cut into the same frames.

Comparison with librosa, which is not called for the reason given in ``spectrum`` (and whose functions take three times
as long together):

- mel power, MFCC, zero-crossing rate, RMS and pitch equal librosa's to rounding (tested);
- chroma equals ``librosa.feature.chroma_stft`` only with ``tuning=0`` (tested). librosa's default is to estimate the
  tuning of the recording first: single values then differ by up to 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ser_core.audio.loading import Audio, require_audio
from ser_core.features.pitch import VOICED_PERIODICITY, periodicity, yin_hz
from ser_core.features.spectrum import (
    FrameSettings,
    chroma_filters,
    db_under_peak,
    frame_blocks,
    mel_centres_hz,
    mel_filters,
    power,
)

N_MELS = 128
N_MFCC = 20
N_CHROMA = 12

# Number of time averages in ``Features.summary`` that each feature has, by the feature's name, in their order.
_SUMMARY_SIZES = {"zero_crossing_rate": 1, "chroma": N_CHROMA, "mfcc": N_MFCC, "rms": 1, "mel_power": N_MELS}
N_SUMMARY = sum(_SUMMARY_SIZES.values())
SUMMARY_LAYOUT: dict[str, slice] = {
    name: slice(stop - size, stop)
    for (name, size), stop in zip(_SUMMARY_SIZES.items(), accumulate(_SUMMARY_SIZES.values()), strict=True)
}

# librosa's values: samples this close to zero have no sign, and the log-mel levels of MFCC are limited to 80 dB below
# the loudest band.
_ZERO = 1e-10
_MFCC_RANGE_DB = 80.0

# A frame is voiced when it is periodic and its level is at most 40 dB below the clip's loudest frame.
_VOICED_BELOW_PEAK_DB = 40.0
SILENT_RMS = 1e-5

DEFAULT_FRAMES = FrameSettings()


@dataclass(frozen=True, eq=False)
class Features:
    """Features of one clip with ``t`` frames.

    Parameters
    ----------
    time_s : np.ndarray [shape=(t,)]
        Middle of each frame, in seconds.
    zero_crossing_rate : np.ndarray [shape=(t,)]
        Share of neighbouring samples with different signs, 0 to 1.
    chroma : np.ndarray [shape=(12, t)]
        Energy by pitch class, C first, divided by the largest of the frame.
    mfcc : np.ndarray [shape=(20, t)]
        Mel-frequency cepstral coefficients of the log-power mel spectrogram.
    mel_power : np.ndarray [shape=(128, t)]
        Mel power spectrogram.
    mel_centres_hz : np.ndarray [shape=(128,)]
        Centre frequency of each mel band, in hertz.
    rms : np.ndarray [shape=(t,)]
        Root mean square amplitude of each frame, unweighted as librosa's; 0.707 for a sine of amplitude 1.
    pitch_hz : np.ndarray [shape=(t,)]
        Fundamental frequency in hertz; NaN where the frame is not voiced.
    """

    time_s: np.ndarray
    zero_crossing_rate: np.ndarray
    chroma: np.ndarray
    mfcc: np.ndarray
    mel_power: np.ndarray
    mel_centres_hz: np.ndarray
    rms: np.ndarray
    pitch_hz: np.ndarray

    def mel_db(self, floor_db: float = -80.0) -> npt.NDArray[np.float32]:
        """Return the mel spectrogram in decibels relative to its maximum.

        Parameters
        ----------
        floor_db : float
            Smallest value of the result, in decibels; negative.

        Returns
        -------
        np.ndarray [shape=(128, t)]
            0 dB at the maximum; ``floor_db`` everywhere in a silent clip.
        """
        return db_under_peak(self.mel_power, floor_db)

    def summary(self) -> npt.NDArray[np.float32]:
        """Return the original project's input: each feature averaged over time.

        Returns
        -------
        np.ndarray [shape=(N_SUMMARY,)]
            float32, in the order of ``SUMMARY_LAYOUT``.
        """
        rows = [np.atleast_2d(getattr(self, name)) for name in SUMMARY_LAYOUT]
        return np.concatenate([row.mean(axis=1) for row in rows]).astype(np.float32)


def extract_features(audio: Audio, settings: FrameSettings = DEFAULT_FRAMES, *, with_pitch: bool = True) -> Features:
    """Compute the five features and pitch of a clip.

    Parameters
    ----------
    audio : Audio
        The clip, as ``load_audio`` returns it.
    settings : FrameSettings
        Frame length and hop length.
    with_pitch : bool
        False saves more than half of the time; all of ``pitch_hz`` is then NaN.

    Returns
    -------
    Features
        ``1 + n // hop_length`` frames, where ``n`` is the number of samples.

    Raises
    ------
    AudioTypeError
        If ``audio`` is not an ``Audio``.
    """
    require_audio(audio)
    n_fft = settings.n_fft
    n_frames = 1 + len(audio.samples) // settings.hop_length
    mel_power = np.empty((N_MELS, n_frames), np.float32)
    chroma = np.empty((N_CHROMA, n_frames), np.float32)
    rms, frame_periodicity = np.empty(n_frames, np.float32), np.zeros(n_frames, np.float32)
    pitch_hz = np.full(n_frames, np.nan)
    first = 0
    for frames in frame_blocks(audio.samples, settings):
        spectrum = power(frames)
        block = slice(first, first := first + len(frames))
        mel_power[:, block] = mel_filters(n_fft, N_MELS) @ spectrum.T
        chroma[:, block] = _chroma(spectrum)
        rms[block] = _rms(frames)
        if with_pitch:
            pitch_hz[block] = yin_hz(frames)
            frame_periodicity[block] = periodicity(spectrum, pitch_hz[block])
    is_loud = rms >= max(float(rms.max()), SILENT_RMS) * 10.0 ** (-_VOICED_BELOW_PEAK_DB / 20.0)
    pitch_hz[~is_loud | (frame_periodicity < VOICED_PERIODICITY)] = np.nan
    return Features(
        time_s=np.arange(n_frames) * settings.hop_s,
        zero_crossing_rate=_zero_crossing_rate(audio.samples, settings),
        chroma=chroma,
        mfcc=_mfcc(mel_power),
        mel_power=mel_power,
        mel_centres_hz=mel_centres_hz(N_MELS),
        rms=rms,
        pitch_hz=pitch_hz,
    )


def _chroma(spectrum: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the energy by pitch class, divided by the largest of the frame.

    Parameters
    ----------
    spectrum : np.ndarray [shape=(t, bins)]
        Power spectrum.

    Returns
    -------
    np.ndarray [shape=(12, t)]
    """
    energy = chroma_filters(2 * (spectrum.shape[1] - 1)) @ spectrum.T
    largest = energy.max(axis=0)
    # A silent frame stays zero.
    largest[largest < np.finfo(np.float32).tiny] = 1.0
    chroma: npt.NDArray[np.float32] = energy / largest
    return chroma


def _rms(frames: np.ndarray) -> npt.NDArray[np.float32]:
    """Return the root mean square amplitude of frames [shape=(t, n_fft)] without a window function [shape=(t,)]."""
    rms: npt.NDArray[np.float32] = np.sqrt(np.mean(np.square(frames), axis=1))
    return rms


def _mfcc(mel_power: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the first coefficients of the cosine transform of the log-power mel spectrogram.

    Parameters
    ----------
    mel_power : np.ndarray [shape=(128, t)]
        Mel power spectrogram of the whole clip: the floor depends on the clip's maximum, so this cannot be computed
        block by block.

    Returns
    -------
    np.ndarray [shape=(20, t)]
    """
    floor = max(float(mel_power.max()) * 10.0 ** (-_MFCC_RANGE_DB / 10.0), 1e-10)
    log_power = np.maximum(mel_power, np.float32(floor))
    np.log10(log_power, out=log_power)
    mfcc: npt.NDArray[np.float32] = (10.0 * _cosine_transform()) @ log_power
    return mfcc


@lru_cache(maxsize=1)
def _cosine_transform() -> npt.NDArray[np.float32]:
    """Return the orthonormal cosine transform of type 2 as a matrix [shape=(20, 128)]."""
    angles = np.pi / N_MELS * np.outer(np.arange(N_MFCC), np.arange(N_MELS) + 0.5)
    matrix = np.sqrt(2.0 / N_MELS) * np.cos(angles)
    matrix[0] /= np.sqrt(2.0)
    transform: npt.NDArray[np.float32] = matrix.astype(np.float32)
    return transform


def _zero_crossing_rate(samples: npt.NDArray[np.float32], settings: FrameSettings) -> npt.NDArray[np.float64]:
    """Return the share of samples in each frame whose sign differs from the sample before.

    At both ends the clip is continued with its first and its last value, so padding adds no crossings. The other
    features pad with zeros.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples.
    settings : FrameSettings
        Frame length and hop length.

    Returns
    -------
    np.ndarray [shape=(t,)]
    """
    is_crossing = np.zeros(len(samples), dtype=bool)
    is_negative = samples < -_ZERO
    np.not_equal(is_negative[1:], is_negative[:-1], out=is_crossing[1:])
    # A frame's first sample is not compared with the sample before the frame.
    counts = [np.count_nonzero(frames[:, 1:], axis=1) for frames in frame_blocks(is_crossing, settings)]
    rate: npt.NDArray[np.float64] = np.concatenate(counts) / settings.n_fft
    return rate
