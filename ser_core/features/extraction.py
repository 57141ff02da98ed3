"""The features that people look at: five of the original project, and pitch, frame by frame.

All but two come from one short-time Fourier transform (STFT); zero crossings and pitch need the waveform
itself, cut into the very same frames.

The numbers are librosa's, to rounding (tested), for the reason that ``spectrum`` gives; doing no more than is asked for
makes them three times as fast besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.features.pitch import VOICED_PERIODICITY, periodicity, yin_hz
from ser_core.features.spectrum import (
    FrameSettings,
    chroma_filters,
    db_under_peak,
    frame_blocks,
    hann,
    mel_centres_hz,
    mel_filters,
    power,
)

N_MELS = 128
N_MFCC = 20

# As librosa has them: what is as good as zero has no sign, and MFCC see no further than 80 dB under the loudest band.
_ZERO = 1e-10
_MFCC_RANGE_DB = 80.0

# A frame counts as voiced when it repeats itself and is at most 40 dB under the clip's loudest frame.
_VOICED_BELOW_PEAK_DB = 40.0
SILENT_RMS = 1e-5

DEFAULT_FRAMES = FrameSettings()


@dataclass(frozen=True, eq=False)
class Features:
    """The features of one clip, all with ``t`` frames.

    Parameters
    ----------
    time_s : np.ndarray [shape=(t,)]
        The middle of each frame, in seconds.
    zero_crossing_rate : np.ndarray [shape=(t,)]
        Share of neighbouring samples between which the sign changes, 0 to 1.
    chroma : np.ndarray [shape=(12, t)]
        Energy by pitch class, C first, each frame's largest is 1.
    mfcc : np.ndarray [shape=(20, t)]
        Mel-frequency cepstral coefficients of the log-power mel spectrogram.
    mel_power : np.ndarray [shape=(128, t)]
        Mel spectrogram, power.
    mel_centres_hz : np.ndarray [shape=(128,)]
        Each mel band's centre frequency.
    rms : np.ndarray [shape=(t,)]
        Root mean square amplitude; a sine of amplitude 1 has 0.707.
    pitch_hz : np.ndarray [shape=(t,)]
        Fundamental frequency; NaN where the frame is not voiced.
    """

    time_s: np.ndarray
    zero_crossing_rate: np.ndarray
    chroma: np.ndarray
    mfcc: np.ndarray
    mel_power: np.ndarray
    mel_centres_hz: np.ndarray
    rms: np.ndarray
    pitch_hz: np.ndarray

    def mel_db(self, floor_db: float = -80.0) -> np.ndarray:
        """Return the mel spectrogram in decibels under the clip's loudest point.

        Parameters
        ----------
        floor_db : float
            Nothing is drawn quieter than this.

        Returns
        -------
        np.ndarray [shape=(128, t)]
            0 dB at the loudest point; ``floor_db`` everywhere in a silent clip.
        """
        return db_under_peak(self.mel_power, floor_db)

    def summary(self) -> np.ndarray:
        """Return the original project's 162 numbers: each feature averaged over time.

        Returns
        -------
        np.ndarray [shape=(162,)]
            1 zero-crossing rate, 12 chroma, 20 MFCC, 1 RMS, 128 mel power, float32.
        """
        rows = [self.zero_crossing_rate[None], self.chroma, self.mfcc, self.rms[None], self.mel_power]
        return np.concatenate([row.mean(axis=1) for row in rows]).astype(np.float32)


def extract_features(audio: Audio, settings: FrameSettings = DEFAULT_FRAMES, *, with_pitch: bool = True) -> Features:
    """Compute the five features and pitch of a clip.

    Parameters
    ----------
    audio : Audio
        The clip, as ``load_audio`` gives it.
    settings : FrameSettings
        How the clip is cut into frames.
    with_pitch : bool
        False saves more than half of the time, and leaves the pitch NaN.

    Returns
    -------
    Features
        All with the same number of frames, ``1 + n // hop_length``.
    """
    n_fft = settings.n_fft
    n_frames = 1 + len(audio.samples) // settings.hop_length
    mel_power = np.empty((N_MELS, n_frames), np.float32)
    chroma = np.empty((12, n_frames), np.float32)
    rms, repeats = np.empty(n_frames, np.float32), np.zeros(n_frames, np.float32)
    pitch_hz = np.full(n_frames, np.nan)
    first = 0
    for frames in frame_blocks(audio.samples, settings):
        spectrum = power(frames)
        block = slice(first, first := first + len(frames))
        mel_power[:, block] = mel_filters(n_fft, N_MELS) @ spectrum.T
        chroma[:, block] = _chroma(spectrum)
        rms[block] = _rms(spectrum)
        if with_pitch:
            pitch_hz[block] = yin_hz(frames)
            repeats[block] = periodicity(spectrum, pitch_hz[block])
    loud = rms >= max(float(rms.max()), SILENT_RMS) * 10.0 ** (-_VOICED_BELOW_PEAK_DB / 20.0)
    pitch_hz[~loud | (repeats < VOICED_PERIODICITY)] = np.nan
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


def _chroma(spectrum: np.ndarray) -> np.ndarray:
    """Return energy by pitch class of power [shape=(t, bins)], each frame's largest 1 [shape=(12, t)]."""
    energy = chroma_filters(2 * (spectrum.shape[1] - 1)) @ spectrum.T
    largest = energy.max(axis=0)
    # A frame of nothing stays nothing.
    largest[largest < np.finfo(np.float32).tiny] = 1.0
    return energy / largest


def _rms(spectrum: np.ndarray) -> np.ndarray:
    """Return the signal's amplitude in frames of power [shape=(t, bins)], after Parseval [shape=(t,)]."""
    n_fft = 2 * (spectrum.shape[1] - 1)
    # The lowest and the highest bin stand for themselves, the others for their mirror images too.
    total = 2.0 * spectrum.sum(axis=1) - spectrum[:, 0] - spectrum[:, -1]
    # Of the windowed frame: dividing by the window's own RMS gives the signal's back.
    return np.sqrt(total / n_fft**2) / np.sqrt(np.mean(hann(n_fft) ** 2))


def _mfcc(mel_power: np.ndarray) -> np.ndarray:
    """Return the cosine transform of log-power mel [shape=(128, t)], the first coefficients [shape=(20, t)]."""
    # Block by block would not do: the floor hangs on the whole clip's loudest point.
    floor = max(float(mel_power.max()) * 10.0 ** (-_MFCC_RANGE_DB / 10.0), 1e-10)
    level_db = np.maximum(mel_power, np.float32(floor))
    np.log10(level_db, out=level_db)
    return (10.0 * _cosines()) @ level_db


@lru_cache(maxsize=1)
def _cosines() -> np.ndarray:
    """Return the orthonormal cosine transform, type 2, as a matrix [shape=(20, 128)], float32."""
    angles = np.pi / N_MELS * np.outer(np.arange(N_MFCC), np.arange(N_MELS) + 0.5)
    matrix = np.sqrt(2.0 / N_MELS) * np.cos(angles)
    matrix[0] /= np.sqrt(2.0)
    return matrix.astype(np.float32)


def _zero_crossing_rate(samples: np.ndarray, settings: FrameSettings) -> np.ndarray:
    """Return the share of a frame's samples that have another sign than the one before [shape=(t,)].

    Unlike for the other features the clip goes on with its first and its last value, so that its ends cross nothing.
    """
    crosses = np.zeros(len(samples), dtype=bool)
    is_negative = samples < -_ZERO
    np.not_equal(is_negative[1:], is_negative[:-1], out=crosses[1:])
    # What a frame begins with is not compared with what is before it.
    counts = [np.count_nonzero(frames[:, 1:], axis=1) for frames in frame_blocks(crosses, settings)]
    return np.concatenate(counts) / settings.n_fft
