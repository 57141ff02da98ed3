"""Mixing of channels to mono: the average, or a single channel where the average would cancel the sound."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

# Mean power below this is silence: -80 dB relative to full scale.
_SILENT_POWER = 1e-8

# The decision is made on the first second with sound, or on this many numbers if there are many channels.
_DECISION_S = 1.0
_MAX_UNDECIDED_VALUES = 2**21

# Channels cancel each other if their average has 17 dB less power than the average of unrelated channels. If one of two
# channels is inverted (anti-phase, for example by a plug with crossed wires), their average is silent. If only one
# channel has sound, the average has as much power as that of unrelated channels, so nothing is cancelled.
_CANCELLED_POWER_SHARE = 0.02


class ChannelMixer:
    """Averages the channels of each block, or uses one channel: the chosen one, or one if they cancel each other.

    Parameters
    ----------
    chosen : int, optional
        Index of the only channel to use; from a block with fewer channels, the last.

    Attributes
    ----------
    channel : int or None
        Index of the only channel that is used because the channels cancel each other; None otherwise.
    """

    def __init__(self, chosen: int | None = None) -> None:
        self.channel: int | None = None
        self._chosen = chosen

    def mix(
        self, blocks: Iterator[tuple[npt.NDArray[np.float32], float]]
    ) -> Iterator[tuple[npt.NDArray[np.float32], float]]:
        """Yield mono blocks. The first second with sound is held back until its channels are compared.

        Parameters
        ----------
        blocks : iterator of (np.ndarray [shape=(frames, channels)], float)
            Samples, each block with its sample rate in hertz.

        Yields
        ------
        (np.ndarray [shape=(frames,)], float)
            One for each block, in the same order.
        """
        held_back: list[tuple[npt.NDArray[np.float32], float]] = []
        undecided_s, n_values = 0.0, 0
        for block, rate_hz in blocks:
            if not held_back and (
                self._chosen is not None or block.shape[1] == 1 or _mean_power(block) < _SILENT_POWER
            ):
                yield self._mono(block), rate_hz
                continue
            held_back.append((block, rate_hz))
            undecided_s, n_values = undecided_s + len(block) / rate_hz, n_values + block.size
            if undecided_s >= _DECISION_S or n_values >= _MAX_UNDECIDED_VALUES:
                break
        self.channel = _remaining_channel([block for block, _ in held_back])
        for block, rate_hz in held_back:
            yield self._mono(block), rate_hz
        held_back.clear()
        for block, rate_hz in blocks:
            yield self._mono(block), rate_hz

    def _mono(self, block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        if block.shape[1] == 1:
            return block[:, 0]
        if self._chosen is not None:
            return np.ascontiguousarray(block[:, min(self._chosen, block.shape[1] - 1)])
        # The number of channels can change inside a file.
        if self.channel is not None and self.channel < block.shape[1]:
            return np.ascontiguousarray(block[:, self.channel])
        average: npt.NDArray[np.float32] = block.mean(axis=1)
        return average


def _remaining_channel(blocks: list[npt.NDArray[np.float32]]) -> int | None:
    """Return the index of the loudest channel if the channels cancel each other, otherwise None."""
    if not blocks or len({block.shape[1] for block in blocks}) > 1:
        return None
    samples = np.concatenate(blocks)
    channels = samples.shape[1]
    is_sound = np.abs(samples).max(axis=1) > np.sqrt(_SILENT_POWER)
    first = int(is_sound.argmax())
    samples = samples[first : first + _MAX_UNDECIDED_VALUES // channels]
    # Constant offsets are removed, because they do not cancel.
    samples = samples - samples.mean(axis=0)
    power = np.mean(samples**2, axis=0)
    average_power = float(np.mean(samples.mean(axis=1) ** 2))
    if average_power < _CANCELLED_POWER_SHARE * float(power.mean()) / channels:
        return int(power.argmax())
    return None


def _mean_power(block: npt.NDArray[np.float32]) -> float:
    values = block.ravel()
    return float(np.dot(values, values)) / values.size
