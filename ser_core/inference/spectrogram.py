"""What the front ends of both spectrogram networks share: pauses at both ends, and windows of three seconds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.features.spectrum import from_db
from ser_core.inference.windows import Windows

# At most so many steps from window to window in a clip, so that ten minutes of sound take less than two seconds. Above
# 100 s of sound the steps are longer; from ten minutes on, each window begins where the one before it ends.
_MAX_STEPS = 200


@dataclass(frozen=True)
class SpectrogramFrontEnd(ABC):
    """Mel spectrograms of three seconds, in decibels under the clip's peak, without the pauses at both ends.

    A subclass computes the levels, and turns a window of levels into the network's input.

    Parameters
    ----------
    n_fft, hop_length : int
        Length of a frame, and samples from one frame to the next, as in ``FrameSettings``.
    n_mels : int
        Number of mel bands.
    min_hz, max_hz : float
        Lower edge of the lowest band and upper edge of the highest band.
    floor_db : float
        Levels lower than this, relative to the clip's peak, are raised to it.
    trim_db : float
        Leading and trailing frames so far under the loudest frame are cut off.
    trim_margin_frames : int
        Frames kept before the first loud frame and after the last one.
    window_frames : int
        Frames in a window; 300 frames of 10 ms are 3 s.
    step_frames : int
        Frames from one window to the next in a clip of up to 100 s of sound; see ``cut``.
    """

    n_fft: int
    hop_length: int
    n_mels: int
    min_hz: float
    max_hz: float
    floor_db: float
    trim_db: float
    trim_margin_frames: int
    window_frames: int
    step_frames: int

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one window: (frames, bands)."""
        return (self.window_frames, self.n_mels)

    @abstractmethod
    def log_mel_db(self, samples: np.ndarray) -> np.ndarray:
        """Return a clip's log-mel levels.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,)]
            Mono samples at 16 kHz, float32.

        Returns
        -------
        np.ndarray [shape=(t, n_mels)]
            Decibels relative to the loudest point, ``floor_db`` to 0, float32; all ``floor_db`` for silence.
        """

    @abstractmethod
    def standardise(self, window_db: np.ndarray) -> np.ndarray:
        """Return a window as network input, and pad a short window with silence.

        Parameters
        ----------
        window_db : np.ndarray [shape=(t, n_mels)]
            Levels in decibels, at most ``window_frames`` frames.

        Returns
        -------
        np.ndarray [shape=(window_frames, n_mels)]
            float32.
        """

    def is_loud(self, mel_db: np.ndarray) -> np.ndarray:
        """Return which frames are sound and not pause.

        Parameters
        ----------
        mel_db : np.ndarray [shape=(t, n_mels)]
            Levels of a whole clip, in decibels.

        Returns
        -------
        np.ndarray [shape=(t,), dtype=bool]
            True where a frame's power is less than ``trim_db`` under that of the loudest frame.
        """
        frame_power: np.ndarray = from_db(mel_db).sum(axis=1)
        is_loud: np.ndarray = frame_power > frame_power.max(initial=0.0) * 10.0 ** (self.trim_db / 10.0)
        return is_loud

    def trim(self, mel_db: np.ndarray) -> slice:
        """Return the frames from the first loud frame to the last one, with a margin.

        Parameters
        ----------
        mel_db : np.ndarray [shape=(t, n_mels)]
            Levels of a whole clip, in decibels.
        """
        loud_frames = np.flatnonzero(self.is_loud(mel_db))
        first = max(int(loud_frames[0]) - self.trim_margin_frames, 0)
        return slice(first, min(int(loud_frames[-1]) + 1 + self.trim_margin_frames, len(mel_db)))

    def windows(self, audio: Audio) -> Windows:
        """Cut a clip into windows: one for up to three seconds of sound, else one every half second or more.

        Parameters
        ----------
        audio : Audio
            The clip.

        Returns
        -------
        Windows
            ``inputs`` of shape (w, window_frames, n_mels).
        """
        mel_db = self.log_mel_db(audio.samples)
        trimmed = self.trim(mel_db)
        windows = self.cut(mel_db[trimmed])
        offset_s = trimmed.start * self.hop_length / SAMPLE_RATE_HZ
        return replace(
            windows,
            start_s=windows.start_s + offset_s,
            end_s=np.minimum(windows.end_s + offset_s, audio.duration_s),
        )

    def cut(self, mel_db: np.ndarray) -> Windows:
        """Cut trimmed levels into windows; the last window ends with the clip.

        In very long clips the windows are further apart than ``step_frames``, but they always cover the whole clip.

        Parameters
        ----------
        mel_db : np.ndarray [shape=(t, n_mels)]
            Levels without the pauses at both ends, in decibels.

        Returns
        -------
        Windows
            Times are counted from the first frame of ``mel_db``.
        """
        n_surplus = len(mel_db) - self.window_frames
        # Three seconds of sound have one frame more than a window; that frame is not worth a second window.
        last_start = n_surplus if n_surplus > 1 else 0
        step = min(max(self.step_frames, -(-last_start // _MAX_STEPS)), self.window_frames)
        starts = [*range(0, last_start, step), last_start]
        spans = [slice(start, min(start + self.window_frames, len(mel_db))) for start in starts]
        is_loud = self.is_loud(mel_db)
        hop_s = self.hop_length / SAMPLE_RATE_HZ
        # Filled row by row: np.stack would hold the windows of a long clip twice.
        inputs = np.empty((len(spans), *self.input_shape), np.float32)
        for row, span in enumerate(spans):
            inputs[row] = self.standardise(mel_db[span])
        return Windows(
            inputs=inputs,
            start_s=np.array([span.start * hop_s for span in spans]),
            end_s=np.array([span.stop * hop_s for span in spans]),
            weight=np.array([is_loud[span].mean() for span in spans]),
        )
