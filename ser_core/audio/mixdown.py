"""Mixing of blocks of samples at any rate to one 16 kHz mono array, up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import soxr

from ser_core.audio.channels import ChannelMixer
from ser_core.errors import EmptyAudioError, UnreadableAudioError

SAMPLE_RATE_HZ = 16_000

# A rate below 4 kHz leaves too little of a voice; no recorder uses a rate above 192 kHz.
_MIN_SAMPLE_RATE_HZ = 4_000
_MAX_SAMPLE_RATE_HZ = 192_000

# The number of decoded samples is limited too, because one second of 255 channels costs as much as 255 seconds of one
# channel. The limit is the number of samples in a 96 kHz stereo recording of the allowed duration. Only unusual files
# exceed it; they are cut.
_MAX_VALUES_PER_S = 2 * 96_000

# Each block has a fixed cost, so it counts as at least this many numbers; blocks of common codecs are larger. Blocks
# are joined to at least this many samples before they are processed.
_LEAST_BLOCK_VALUES = 1_024
_JOINED_FRAMES = 8_192

# A recording of 32-bit integers that was not scaled has values up to this one. A larger value is a sign of damage, and
# could overflow float32 in a power spectrum.
_MAX_MAGNITUDE = 2.0**31


class Mixdown:
    """Mixes the channels of blocks to mono and resamples them to 16 kHz, up to a limit.

    Parameters
    ----------
    max_duration_s : float
        Longer recordings are cut to this duration, in seconds.
    values_used : float
        Numbers that were decoded before from the same file; they count towards the limit on work.
    channel : int, optional
        Number of the only channel to use, counted from 1; by default, the channels are averaged.

    Attributes
    ----------
    was_cut : bool
        Whether the recording continues after the samples that were used.
    values_used : float
        Numbers that were decoded so far, including those before.
    """

    def __init__(self, max_duration_s: float, values_used: float = 0.0, channel: int | None = None) -> None:
        self.was_cut = False
        self.values_used = values_used
        self._max_duration_s = max_duration_s
        self._max_values = max_duration_s * _MAX_VALUES_PER_S
        self._mixer = ChannelMixer(None if channel is None else channel - 1)
        # The duration is counted in frames, because rounding errors add up in a sum of many short times. The seconds
        # are the duration of earlier parts of the file with another sample rate.
        self._earlier_s = 0.0
        self._frames = 0
        self._rate_hz: float | None = None
        self._resampler: soxr.ResampleStream | None = None
        self._resampled_rate_hz: float | None = None
        # Grows in place: a list of arrays would need twice the memory when they are joined.
        self._mono = bytearray()

    @property
    def used_s(self) -> float:
        """Duration of the recording that was used so far, in seconds."""
        return self._earlier_s + (self._frames / self._rate_hz if self._rate_hz else 0.0)

    @property
    def channel(self) -> int | None:
        """Number of the channel that was used because the channels cancel each other, counted from 1; else None."""
        return None if self._mixer.channel is None else self._mixer.channel + 1

    def collect(self, blocks: Iterable[tuple[npt.NDArray[np.float32], float]]) -> npt.NDArray[np.float32]:
        """Return all blocks, or as many as the limit allows, as one 16 kHz mono array.

        Parameters
        ----------
        blocks : iterable of (np.ndarray [shape=(frames, channels)], float)
            Samples, each block with its sample rate in hertz.

        Returns
        -------
        np.ndarray [shape=(n,)]
            At least one sample.

        Raises
        ------
        EmptyAudioError
            The blocks hold no samples.
        UnreadableAudioError
            A sample rate is out of range, or samples are not finite numbers.
        """
        for mono, rate_hz in self._mixer.mix(self._limited(self._joined(blocks))):
            self._add(mono, rate_hz)
        self._flush()
        samples = np.frombuffer(self._mono, np.float32)
        if not len(samples):
            raise EmptyAudioError(
                "The recording holds no sound: its length is zero",
                expected="at least half a second of speech",
                advice="Record it again, and check that the file was saved completely",
            )
        # Resampling can add one sample by rounding.
        return samples[: round(self._max_duration_s * SAMPLE_RATE_HZ)] if self.was_cut else samples

    def _joined(
        self, blocks: Iterable[tuple[npt.NDArray[np.float32], float]]
    ) -> Iterator[tuple[npt.NDArray[np.float32], float]]:
        """Join short blocks of the same sample rate and number of channels."""
        waiting_blocks: list[npt.NDArray[np.float32]] = []
        waiting_rate_hz, n_frames = 0.0, 0
        for block, rate_hz in blocks:
            self.values_used += max(_LEAST_BLOCK_VALUES - block.size, 0)
            is_alike = waiting_blocks and rate_hz == waiting_rate_hz and block.shape[1] == waiting_blocks[0].shape[1]
            if waiting_blocks and not (is_alike and n_frames < _JOINED_FRAMES):
                yield np.concatenate(waiting_blocks), waiting_rate_hz
                waiting_blocks, n_frames = [], 0
            waiting_blocks.append(block)
            waiting_rate_hz, n_frames = rate_hz, n_frames + len(block)
        if waiting_blocks:
            yield np.concatenate(waiting_blocks), waiting_rate_hz

    def _limited(
        self, blocks: Iterable[tuple[npt.NDArray[np.float32], float]]
    ) -> Iterator[tuple[npt.NDArray[np.float32], float]]:
        """Check rates and samples, count them, and end at the limit."""
        for block, rate_hz in blocks:
            if rate_hz != self._rate_hz:
                _check_rate(rate_hz)
                self._earlier_s, self._frames, self._rate_hz = self.used_s, 0, rate_hz
            values_left = self._max_values - self.values_used
            room = min((self._max_duration_s - self.used_s) * rate_hz, values_left / block.shape[1]) + 0.5
            n_used = int(min(len(block), max(room, 0.0)))
            self.was_cut = n_used < len(block)
            if n_used:
                used_block = block[:n_used]
                self._frames += n_used
                self.values_used += used_block.size
                _check_magnitude(used_block)
                yield used_block, rate_hz
            if self.was_cut:
                return

    def _add(self, mono: npt.NDArray[np.float32], rate_hz: float) -> None:
        # The rate can change inside a file: in AAC, the data for the upper half of the spectrum may begin only after
        # the first frames, and from there the rate is twice as high.
        if rate_hz != self._resampled_rate_hz:
            self._flush()
            self._resampled_rate_hz = rate_hz
            if rate_hz != SAMPLE_RATE_HZ:
                self._resampler = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
        self._mono += self._resampler.resample_chunk(mono).data if self._resampler else mono.data

    def _flush(self) -> None:
        if self._resampler:
            self._mono += self._resampler.resample_chunk(np.empty(0, np.float32), last=True).data
            self._resampler = None


def _check_rate(rate_hz: float) -> None:
    # In this form the comparison also fails for NaN.
    if _MIN_SAMPLE_RATE_HZ <= rate_hz <= _MAX_SAMPLE_RATE_HZ:
        return
    raise UnreadableAudioError(
        f"The sample rate is {rate_hz:,} Hz",
        expected=f"a rate between {_MIN_SAMPLE_RATE_HZ:,} and {_MAX_SAMPLE_RATE_HZ:,} Hz",
        advice="Export the recording again at 16,000, 44,100 or 48,000 Hz",
    )


def _check_magnitude(block: npt.NDArray[np.float32]) -> None:
    # In this form the comparison also fails for NaN.
    if np.abs(block).max() <= _MAX_MAGNITUDE:
        return
    raise UnreadableAudioError(
        "Some samples are not finite numbers, or are absurdly large",
        expected="samples that are finite numbers, with full scale from -1 to 1",
        advice="Export the recording again, as 16-bit WAV for example",
    )
