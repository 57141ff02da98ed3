"""Front end of ``ser_whisper``: the log-mel spectrogram that OpenAI's Whisper was trained on.

Radford et al. (2022), "Robust speech recognition via large-scale weak supervision", section 2.2: 80 mel bands, frames
of 25 ms every 10 ms, levels limited to 80 dB under the clip's peak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ser_core.features.spectrum import FrameSettings, db_under_peak, frame_blocks, mel_filters, power
from ser_core.inference.spectrogram import SpectrogramFrontEnd


@dataclass(frozen=True)
class WhisperFrontEnd(SpectrogramFrontEnd):
    """Whisper's log-mel spectrogram, in windows of three seconds.

    Whisper reads ``(log10(power) + 4) / 4``, with samples whose peak is near 1. Here the loudest point of a clip always
    has the level ``peak_log10``, so the recording level has no influence.

    Parameters
    ----------
    n_fft, hop_length, n_mels, min_hz, max_hz, floor_db, trim_db, trim_margin_frames, window_frames, step_frames
        See ``SpectrogramFrontEnd``; the first six are Whisper's.
    peak_log10 : float
        Decimal logarithm of the mel power of the loudest point. 1.5 is usual for speech with the peak 1.
    """

    kind: ClassVar[str] = "whisper_log_mel"

    n_fft: int = 400
    hop_length: int = 160
    n_mels: int = 80
    min_hz: float = 0.0
    max_hz: float = 8000.0
    floor_db: float = -80.0
    trim_db: float = -40.0
    trim_margin_frames: int = 6
    window_frames: int = 300
    step_frames: int = 50
    peak_log10: float = 1.5

    @property
    def silence(self) -> float:
        """Input value of a point at the floor. A frame in which all points have it is padding or digital silence."""
        return float(self._scaled(np.array(self.floor_db)))

    def log_mel_db(self, samples: np.ndarray) -> np.ndarray:
        """Return a clip's log-mel levels; see ``SpectrogramFrontEnd``."""
        filters = mel_filters(self.n_fft, self.n_mels, self.min_hz, self.max_hz).T
        settings = FrameSettings(n_fft=self.n_fft, hop_length=self.hop_length)
        mel = np.concatenate([power(frames) @ filters for frames in frame_blocks(samples, settings)])
        return db_under_peak(mel, self.floor_db)

    def standardise(self, window_db: np.ndarray) -> np.ndarray:
        """Return a window on Whisper's scale, padded with silence at its end; see ``SpectrogramFrontEnd``."""
        n_missing = self.window_frames - len(window_db)
        padded = np.pad(window_db, ((0, n_missing), (0, 0)), constant_values=self.floor_db)
        return self._scaled(padded)

    def _scaled(self, levels_db: np.ndarray) -> np.ndarray:
        scaled: np.ndarray = ((levels_db / 10.0 + self.peak_log10 + 4.0) / 4.0).astype(np.float32)
        return scaled
