"""Front end of ``ser_cnn``: log-mel spectrograms without steady noise, standardised window by window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.ndimage import uniform_filter

from ser_core.features.spectrum import FrameSettings, db_under_peak, frame_blocks, htk_mel_filters, power
from ser_core.inference.spectrogram import SpectrogramFrontEnd

# Added to a window's standard deviation, so that a constant window can be divided by it.
_MIN_DEVIATION = 1e-3


@dataclass(frozen=True)
class LogMelFrontEnd(SpectrogramFrontEnd):
    """Log-mel spectrograms of three seconds, each standardised with its own mean and standard deviation.

    The result does not depend on the recording level, and little on steady noise or a narrow frequency range:

    1. Steady noise is subtracted from the mel power (``subtract_noise``).
    2. Levels are decibels under the clip's peak, limited to ``floor_db``.
    3. Pauses at both ends are cut off (``trim``).
    4. Each window is standardised over all its points, without empty bands (``standardise``).

    Parameters
    ----------
    n_fft, hop_length, n_mels, min_hz, max_hz, floor_db, trim_db, trim_margin_frames, window_frames, step_frames
        See ``SpectrogramFrontEnd``. The bands are on the HTK scale, which the pretrained weights of ``ser_cnn`` use.
    noise_quantile, noise_factor : float
        Noise estimate, see ``subtract_noise``. The values were chosen by the correlation of the windows of a hundred
        clips with and without white noise 20 dB under the voice: 0.97, against 0.90 without subtraction.
    noise_smoothing : tuple of int
        Number of frames and of bands over which power is averaged before noise is estimated.
    empty_db : float
        A band that stays under this level in the whole window is empty: a telephone or a codec removed it.
    """

    kind: ClassVar[str] = "log_mel"

    n_fft: int = 1024
    hop_length: int = 160
    n_mels: int = 64
    min_hz: float = 60.0
    max_hz: float = 7800.0
    floor_db: float = -60.0
    noise_quantile: float = 0.1
    noise_factor: float = 1.5
    noise_smoothing: tuple[int, int] = (7, 3)
    empty_db: float = -50.0
    trim_db: float = -40.0
    trim_margin_frames: int = 6
    window_frames: int = 300
    step_frames: int = 50

    def log_mel_db(self, samples: np.ndarray) -> np.ndarray:
        """Return a clip's log-mel levels, without steady noise; see ``SpectrogramFrontEnd``."""
        filters = htk_mel_filters(self.n_fft, self.n_mels, self.min_hz, self.max_hz).T
        settings = FrameSettings(n_fft=self.n_fft, hop_length=self.hop_length)
        mel = np.empty((1 + len(samples) // self.hop_length, self.n_mels), np.float32)
        n_done = 0
        for frames in frame_blocks(samples, settings):
            np.matmul(power(frames), filters, out=mel[n_done : n_done + len(frames)])
            n_done += len(frames)
        return db_under_peak(self.subtract_noise(mel), self.floor_db)

    def subtract_noise(self, mel_power: np.ndarray) -> np.ndarray:
        """Subtract steady noise from each band.

        Spectral subtraction (Boll 1979). The noise is a low quantile of each band (Stahl, Fischer and Bippus 2000):
        speech leaves every band free for a tenth of the time. More is subtracted than estimated (Berouti, Schwartz and
        Makhoul 1979), because the power of noise varies around its mean. The share of power that is kept is computed
        from power averaged over neighbouring points; otherwise single points of noise would remain ("musical noise").

        Parameters
        ----------
        mel_power : np.ndarray [shape=(t, n_mels)]
            Power in each band, of a whole clip. Changed in place.

        Returns
        -------
        np.ndarray [shape=(t, n_mels)]
            The same array; 0 where there was only noise.
        """
        # One array holds the averaged power, then the share that is kept: such arrays of a long clip are large.
        share = uniform_filter(mel_power, self.noise_smoothing, mode="nearest")
        rank = int(self.noise_quantile * len(share))
        noise = self.noise_factor * np.partition(share, rank, axis=0)[rank]
        # Where the clip is digitally silent the quotient may overflow; infinity is clipped to a gain of zero below.
        with np.errstate(over="ignore"):
            np.divide(noise, np.maximum(share, np.finfo(np.float32).tiny, out=share), out=share)
        np.subtract(1.0, share, out=share)
        mel_power *= np.maximum(share, 0.0, out=share)
        return mel_power

    def standardise(self, window_db: np.ndarray) -> np.ndarray:
        """Bring a window to mean 0 and standard deviation 1, and pad a short window with silence on both sides.

        Empty bands are left out of mean and deviation. They become 0, which is the mean of the other bands.

        Parameters
        ----------
        window_db : np.ndarray [shape=(t, n_mels)]
            Levels in decibels, at most ``window_frames`` frames.

        Returns
        -------
        np.ndarray [shape=(window_frames, n_mels)]
            float32.
        """
        is_empty = window_db.max(axis=0) < self.empty_db
        is_empty &= not is_empty.all()
        nonempty_db = window_db[:, ~is_empty] if is_empty.any() else window_db
        mean, deviation = float(nonempty_db.mean()), float(nonempty_db.std()) + _MIN_DEVIATION
        n_missing = self.window_frames - len(window_db)
        n_before = n_missing // 2
        padded = np.pad(window_db, ((n_before, n_missing - n_before), (0, 0)), constant_values=min(self.floor_db, mean))
        window: np.ndarray = ((padded - mean) / deviation).astype(np.float32)
        window[:, is_empty] = 0.0
        return window
