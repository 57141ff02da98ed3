"""From samples to what a network is fed; the same code in training and in serving.

A network's front end is saved in its config by name and parameters, and reconstructed from there, so that a network
can never be fed by another front end than it was trained with.

Two exist: ``LogMelFrontEnd`` (sequences of mel bands, for ``ser_cnn``) and ``SummaryFrontEnd`` (the original
project's 162 averages, for ``seed_cnn``).
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

# A clip is cut into no more windows than this, so that ten minutes take less than two seconds: beyond a hundred seconds
# of sound the windows stand further apart, and in ten minutes one begins where the one before ends.
_MAX_STEPS = 200


@dataclass(frozen=True, eq=False)
class Windows:
    """A clip as a network sees it: one or more windows.

    Parameters
    ----------
    inputs : np.ndarray [shape=(w, ...)]
        What the network is fed, float32, one row a window.
    start_s, end_s : np.ndarray [shape=(w,)]
        Where each window lies in the clip, in seconds.
    weight : np.ndarray [shape=(w,)]
        How much of the window is sound and not pause, 0 to 1.
    """

    inputs: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True)
class LogMelFrontEnd:
    """Log-mel windows of three seconds, each normalised by itself.

    Nothing depends on how loud a clip was recorded, and little on a steady noise or a narrow band: what is heard all
    the time is taken away; levels are decibels under the clip's own peak, floored; then each window is standardised
    with its own mean and deviation, without the bands that hold nothing. Pauses at both ends are cut off.

    Parameters
    ----------
    n_fft, hop_length : int
        As in ``FrameSettings``.
    n_mels : int
        Mel bands, on the HTK scale: those that the weights which ``ser_cnn`` starts from were trained on.
    min_hz, max_hz : float
        The lowest and the highest band's outer edge.
    floor_db : float
        Levels are clipped this far under the clip's peak.
    noise_quantile, noise_factor : float
        See ``without_noise``. Chosen by how alike a hundred clips' windows are with white noise, 20 dB under the voice,
        and without: they correlate to 0.97, without subtraction to 0.90.
    noise_smoothing : tuple of int
        Frames and bands that power is smoothed over to tell noise from voice.
    empty_db : float
        A band that stays under this all through a window holds nothing: a telephone or a codec took it away.
    trim_db : float
        Leading and trailing frames this far under the loudest frame are cut off.
    trim_margin_frames : int
        Frames kept beyond the first and the last loud one.
    window_frames : int
        Frames in a window; 300 of 10 ms are 3 s.
    step_frames : int
        Frames from one window to the next in a longer clip, up to 100 s of sound; see ``cut``.
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
        """Shape of one window: frames, bands."""
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
            Decibels under the loudest point, ``floor_db`` to 0, float32; all ``floor_db`` for silence.
        """
        filters = htk_mel_filters(self.n_fft, self.n_mels, self.min_hz, self.max_hz).T
        settings = FrameSettings(n_fft=self.n_fft, hop_length=self.hop_length)
        mel = np.empty((1 + len(samples) // self.hop_length, self.n_mels), np.float32)
        first = 0
        for frames in frame_blocks(samples, settings):
            np.matmul(power(frames), filters, out=mel[first : first + len(frames)])
            first += len(frames)
        return db_under_peak(self.without_noise(mel), self.floor_db)

    def without_noise(self, mel_power: np.ndarray) -> np.ndarray:
        """Take away from each band what is in it all the time.

        Spectral subtraction (Boll 1979) with the noise estimated from a low quantile of each band (Stahl, Fischer and
        Bippus 2000): speech leaves every band alone for a tenth of the time. More is subtracted than estimated
        (Berouti, Schwartz and Makhoul 1979), for noise comes and goes about its mean. How much is left is reckoned from
        power smoothed over neighbours, or single points of noise would stick out of an empty floor.

        Parameters
        ----------
        mel_power : np.ndarray [shape=(t, n_mels)]
            Power in each band, of a whole clip. Changed in place.

        Returns
        -------
        np.ndarray [shape=(t, n_mels)]
            The same array; 0 where nothing but noise was.
        """
        share = uniform_filter(mel_power, self.noise_smoothing, mode="nearest")
        quiet = int(self.noise_quantile * len(share))
        noise = self.noise_factor * np.partition(share, quiet, axis=0)[quiet]
        # In place, for a long clip's levels are large.
        np.divide(noise, np.maximum(share, np.finfo(np.float32).tiny, out=share), out=share)
        np.subtract(1.0, share, out=share)
        mel_power *= np.maximum(share, 0.0, out=share)
        return mel_power

    def is_loud(self, mel_db: np.ndarray) -> np.ndarray:
        """Tell which frames are sound and not pause, from a whole clip's levels [shape=(t,), dtype=bool]."""
        power = np.sum(from_db(mel_db), axis=1)
        return power > power.max(initial=0.0) * 10.0 ** (self.trim_db / 10.0)

    def trim(self, mel_db: np.ndarray) -> slice:
        """Return the frames from the first loud one to the last, with a margin."""
        loud = np.flatnonzero(self.is_loud(mel_db))
        first = max(int(loud[0]) - self.trim_margin_frames, 0)
        return slice(first, min(int(loud[-1]) + 1 + self.trim_margin_frames, len(mel_db)))

    def standardise(self, window_db: np.ndarray) -> np.ndarray:
        """Bring a window to mean 0 and deviation 1, and pad a short one with silence on both sides.

        Bands that hold nothing count for neither, and are 0 all through: as if they were average, which says least.

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
        full_db = window_db[:, ~is_empty] if is_empty.any() else window_db
        mean, deviation = float(full_db.mean()), float(full_db.std()) + 1e-3
        missing = self.window_frames - len(window_db)
        before = missing // 2
        padded = np.pad(window_db, ((before, missing - before), (0, 0)), constant_values=min(self.floor_db, mean))
        window = ((padded - mean) / deviation).astype(np.float32)
        window[:, is_empty] = 0.0
        return window

    def windows(self, audio: Audio) -> Windows:
        """Cut a clip into windows: one for a clip of up to three seconds of sound, else one every half second or more.

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
        kept = self.trim(mel_db)
        windows = self.cut(mel_db[kept])
        offset_s = kept.start * self.hop_length / SAMPLE_RATE_HZ
        return replace(
            windows,
            start_s=windows.start_s + offset_s,
            end_s=np.minimum(windows.end_s + offset_s, audio.duration_s),
        )

    def cut(self, mel_db: np.ndarray) -> Windows:
        """Cut trimmed levels [shape=(t, n_mels)] into windows, the last of which ends with the clip.

        In very long clips they are further apart than ``step_frames``, but never leave anything out.
        """
        overhang = len(mel_db) - self.window_frames
        # Three seconds have one frame more than a window, which is not worth a second one.
        last = overhang if overhang > 1 else 0
        step = min(max(self.step_frames, -(-last // _MAX_STEPS)), self.window_frames)
        starts = [*range(0, last, step), last]
        parts = [slice(start, min(start + self.window_frames, len(mel_db))) for start in starts]
        loud = self.is_loud(mel_db)
        hop_s = self.hop_length / SAMPLE_RATE_HZ
        # Filled, not stacked: those of a long clip would be held twice.
        inputs = np.empty((len(parts), *self.input_shape), np.float32)
        for row, part in enumerate(parts):
            inputs[row] = self.standardise(mel_db[part])
        return Windows(
            inputs=inputs,
            start_s=np.array([part.start * hop_s for part in parts]),
            end_s=np.array([part.stop * hop_s for part in parts]),
            weight=np.array([loud[part].mean() for part in parts]),
        )


@dataclass(frozen=True)
class SummaryFrontEnd:
    """The original project's 162 time averages, standardised with the training data's mean and deviation.

    Parameters
    ----------
    mean, deviation : tuple of float
        162 each, of the training clips; empty until the training has measured them.
    """

    kind: ClassVar[str] = "summary_162"

    mean: tuple[float, ...] = field(default=(), repr=False)
    deviation: tuple[float, ...] = field(default=(), repr=False)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one window: numbers, one channel."""
        return (N_SUMMARY, 1)

    def standardise(self, summaries: np.ndarray) -> np.ndarray:
        """Return summaries [shape=(n, 162)] as network input [shape=(n, 162, 1)], float32."""
        scaled = (summaries - np.array(self.mean)) / np.array(self.deviation)
        return scaled.astype(np.float32)[..., None]

    def windows(self, audio: Audio) -> Windows:
        """Sum a whole clip up as one window, as the original does."""
        windows = self.cut(extract_features(audio, with_pitch=False).summary())
        return replace(windows, end_s=np.array([audio.duration_s]))

    def cut(self, summary: np.ndarray) -> Windows:
        """Return a summary [shape=(162,)] as the one window of a clip whose length is not known."""
        return Windows(self.standardise(summary[None]), np.zeros(1), np.full(1, np.nan), np.ones(1))


FrontEnd = LogMelFrontEnd | SummaryFrontEnd

FRONT_ENDS: dict[str, type[FrontEnd]] = {each.kind: each for each in (LogMelFrontEnd, SummaryFrontEnd)}


def to_config(front_end: FrontEnd) -> dict[str, Any]:
    """Return a front end as JSON-ready numbers under its kind."""
    return {"kind": front_end.kind, **asdict(front_end)}


def from_config(config: dict[str, Any]) -> FrontEnd:
    """Rebuild a front end from ``to_config``'s output.

    Raises
    ------
    ModelError
        If the kind or a parameter is unknown or missing.
    """
    parameters = dict(config)
    kind = parameters.pop("kind", None)
    front_end = FRONT_ENDS.get(kind)
    if front_end is None or set(parameters) != {each.name for each in fields(front_end)}:
        raise ModelError(
            f"The model's config names a front end ({kind!r}) that this version does not have",
            expected=f"One of {sorted(FRONT_ENDS)} with exactly its parameters",
            advice="Use the model that came with this version, or train one anew",
        )
    lists_as_tuples = {name: tuple(v) if isinstance(v, list) else v for name, v in parameters.items()}
    return front_end(**lists_as_tuples)
