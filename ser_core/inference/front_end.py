"""From samples to the input of a network: the same code in training and in serving.

A network's config holds the kind and the parameters of its front end, and the front end is reconstructed from there. So
a network is always served with the front end that it was trained with.

There are two: ``LogMelFrontEnd`` (log-mel spectrograms, for ``ser_cnn``) and ``SummaryFrontEnd`` (the 162 time averages
of the original project, for ``seed_cnn``).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, ClassVar

import numpy as np
from scipy.ndimage import uniform_filter

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.errors import ModelError
from ser_core.features.extraction import N_SUMMARY, extract_features
from ser_core.features.spectrum import FrameSettings, db_under_peak, frame_blocks, from_db, htk_mel_filters, power

# At most so many steps from window to window in a clip, so that ten minutes of sound take less than two seconds. Above
# 100 s of sound the steps are longer; from ten minutes on, each window begins where the one before it ends.
_MAX_STEPS = 200

# Added to a window's standard deviation, so that a constant window can be divided by it.
_MIN_DEVIATION = 1e-3


@dataclass(frozen=True, eq=False)
class Windows:
    """A clip as input of a network: one or more windows.

    Parameters
    ----------
    inputs : np.ndarray [shape=(w, ...)]
        The network's input, float32, one row per window.
    start_s, end_s : np.ndarray [shape=(w,)]
        Start and end of each window in the clip, in seconds.
    weight : np.ndarray [shape=(w,)]
        Share of the window's frames that are sound and not pause, 0 to 1.
    """

    inputs: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True)
class LogMelFrontEnd:
    """Log-mel spectrograms of three seconds, each standardised with its own mean and standard deviation.

    The result does not depend on the recording level, and little on steady noise or a narrow frequency range:

    1. Steady noise is subtracted from the mel power (``subtract_noise``).
    2. Levels are decibels under the clip's peak, limited to ``floor_db``.
    3. Pauses at both ends are cut off (``trim``).
    4. Each window is standardised over all its points, without empty bands (``standardise``).

    Parameters
    ----------
    n_fft, hop_length : int
        Length of a frame, and samples from one frame to the next, as in ``FrameSettings``.
    n_mels : int
        Number of mel bands, on the HTK scale: the pretrained weights that ``ser_cnn`` starts from use this scale.
    min_hz, max_hz : float
        Lower edge of the lowest band and upper edge of the highest band.
    floor_db : float
        Levels lower than this, relative to the clip's peak, are raised to it.
    noise_quantile, noise_factor : float
        Noise estimate, see ``subtract_noise``. The values were chosen by the correlation of the windows of a hundred
        clips with and without white noise 20 dB under the voice: 0.97, against 0.90 without subtraction.
    noise_smoothing : tuple of int
        Number of frames and of bands over which power is averaged before noise is estimated.
    empty_db : float
        A band that stays under this level in the whole window is empty: a telephone or a codec removed it.
    trim_db : float
        Leading and trailing frames so far under the loudest frame are cut off.
    trim_margin_frames : int
        Frames kept before the first loud frame and after the last one.
    window_frames : int
        Frames in a window; 300 frames of 10 ms are 3 s.
    step_frames : int
        Frames from one window to the next in a clip of up to 100 s of sound; see ``cut``.
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

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one window: (frames, bands)."""
        return (self.window_frames, self.n_mels)

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

    def standardise(self, window_db: np.ndarray) -> np.ndarray:
        """Bring a window to mean 0 and standard deviation 1, and pad a short window with silence on both sides.

        Empty bands are left out of mean and deviation, and become 0, the mean: the value with the least information.

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
        sounding = self.trim(mel_db)
        windows = self.cut(mel_db[sounding])
        offset_s = sounding.start * self.hop_length / SAMPLE_RATE_HZ
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


@dataclass(frozen=True)
class SummaryFrontEnd:
    """The 162 time averages of the original project, standardised with statistics of the training data.

    Parameters
    ----------
    mean, deviation : tuple of float
        Mean and standard deviation of each of the 162 numbers over the training clips; empty before the training.
    """

    kind: ClassVar[str] = "summary_162"

    mean: tuple[float, ...] = field(default=(), repr=False)
    deviation: tuple[float, ...] = field(default=(), repr=False)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one window: (numbers, channels)."""
        return (N_SUMMARY, 1)

    def standardise(self, summaries: np.ndarray) -> np.ndarray:
        """Return summaries [shape=(n, 162)] as network input [shape=(n, 162, 1)], float32."""
        standardised: np.ndarray = (summaries - np.array(self.mean)) / np.array(self.deviation)
        return standardised.astype(np.float32)[..., None]

    def windows(self, audio: Audio) -> Windows:
        """Return the whole clip as a single window, as in the original project."""
        windows = self.cut(extract_features(audio, with_pitch=False).summary())
        return replace(windows, end_s=np.array([audio.duration_s]))

    def cut(self, summary: np.ndarray) -> Windows:
        """Return a summary [shape=(162,)] as a single window; its end is NaN, because the duration is not known."""
        return Windows(self.standardise(summary[None]), np.zeros(1), np.full(1, np.nan), np.ones(1))


FrontEnd = LogMelFrontEnd | SummaryFrontEnd

FRONT_ENDS: dict[str, type[FrontEnd]] = {
    LogMelFrontEnd.kind: LogMelFrontEnd,
    SummaryFrontEnd.kind: SummaryFrontEnd,
}


def to_config(front_end: FrontEnd) -> dict[str, Any]:
    """Return a front end's kind and parameters, JSON-ready."""
    return {"kind": front_end.kind, **asdict(front_end)}


def from_config(config: dict[str, Any]) -> FrontEnd:
    """Reconstruct a front end.

    Parameters
    ----------
    config : dict
        The return value of ``to_config``, also after a round trip through JSON.

    Raises
    ------
    ModelError
        If the kind or a parameter is unknown or missing.
    """
    parameters = dict(config)
    kind = parameters.pop("kind", None)
    front_end_class = FRONT_ENDS.get(str(kind))
    if front_end_class is None or set(parameters) != {field.name for field in fields(front_end_class)}:
        raise ModelError(
            f"The model's config names a front end ({kind!r}) that this version does not have",
            expected=f"one of {sorted(FRONT_ENDS)} with exactly its parameters",
            advice="Use the model that came with this version, or train a new network",
        )
    # JSON has no tuples.
    with_tuples: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()
    }
    return front_end_class(**with_tuples)
