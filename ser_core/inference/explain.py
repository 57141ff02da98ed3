"""Which moments and which frequencies of a clip its prediction depends on, found by hiding them.

``ser_core.inference.occlusion`` describes the method. The cost is limited: at most 180 windows are computed, for a clip
of any length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.occlusion import Occlusion
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.spectrogram import SpectrogramFrontEnd

# These three limit the cost.
LONGEST_PART_S = 60.0
_MAX_MOMENTS = 50
_MAX_BAND_WINDOWS = 2

_MIN_MOMENT_S = 0.1
_N_BANDS = 16

# The share of the moments, and of the bands, that is shown as most important.
_TOP_SHARE = 0.25
# A smaller weight does not count: 0.1 in log-odds is 2.5 percentage points at a probability of 50 %.
_MIN_WEIGHT = 0.1

# Fade at both ends of a span that is played, and the pause between two spans.
_FADE_S = 0.01
_PAUSE_S = 0.12

# Duration of the frequency sweep that measures the bands' edges.
_SWEEP_S = 4.0
# An exponential sweep cannot start at 0 Hz; the first mel band of every front end reaches higher than this.
_LOWEST_SWEEP_HZ = 20.0

Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Explanation:
    """The moments and the frequencies that a prediction depends on.

    Parameters
    ----------
    emotion : str
        The predicted emotion, one of ``LABELS``.
    part_s : tuple of float
        Start and end of the part that was examined, in seconds: the clip without the pauses at both ends, or the minute
        with the highest probability for the emotion if the clip is longer.
    is_whole : bool
        True if this part holds all the sound of the clip.
    moment_edges_s : np.ndarray [shape=(m + 1,)]
        Edges of the moments, in seconds.
    moment_weight : np.ndarray [shape=(m,)]
        By how much the emotion's log-odds drop when the moment is hidden; negative if the moment is evidence against
        the emotion.
    band_edges_hz : np.ndarray [shape=(b + 1,)]
        Edges of the frequency bands, in hertz.
    band_weight : np.ndarray [shape=(b,)]
        The same for a band, which is hidden over the whole clip; in a longer clip, over the six seconds with the
        clearest evidence for the emotion.
    moments_s : tuple of (start, end)
        The quarter of the moments with the highest weight, adjacent ones joined, in seconds; empty if hiding them
        changes too little.
    band_hz : tuple of float or None
        The quarter of the bands, adjacent to each other, with the highest weight, in hertz; None if hiding them changes
        too little.
    probability : float
        The emotion's probability for the clip.
    without_moments, without_band : float
        Its probability with the quarter of the moments, or of the bands, with the highest weight hidden; an estimate if
        the clip has several windows.
    """

    emotion: str
    part_s: Span
    is_whole: bool
    moment_edges_s: np.ndarray
    moment_weight: np.ndarray
    band_edges_hz: np.ndarray
    band_weight: np.ndarray
    moments_s: tuple[Span, ...]
    band_hz: Span | None
    probability: float
    without_moments: float
    without_band: float


def explain(recognizer: Recognizer, audio: Audio, prediction: Prediction) -> Explanation:
    """Find the moments and the frequencies of a clip that its prediction depends on.

    Parameters
    ----------
    recognizer : Recognizer
        The recogniser that predicted the clip.
    audio : Audio
        A clip of any length.
    prediction : Prediction
        Its prediction for that clip.

    Returns
    -------
    Explanation
        Weights of moments and bands, and the most important ones.

    Raises
    ------
    ModelError
        If the network's input has no time axis and no frequency axis, so that nothing can be hidden.
    """
    front_end = recognizer.front_end
    if not isinstance(front_end, SpectrogramFrontEnd):
        raise ModelError(
            f"The input of the network {recognizer.config.network!r} is averages over the whole clip",
            expected="a network whose input is a spectrogram",
            advice="Use the prediction of ser_whisper or ser_cnn",
        )
    hop_s = front_end.hop_length / SAMPLE_RATE_HZ
    mel_db = front_end.log_mel_db(audio.samples)
    sound = front_end.trim(mel_db)
    part = _clearest_part(sound, prediction, round(LONGEST_PART_S / hop_s), hop_s)
    n_frames = part.stop - part.start
    share = n_frames / (sound.stop - sound.start)
    occlusion = Occlusion(recognizer, front_end, mel_db[part], prediction, share)

    moment_edges = _moment_edges(n_frames, max(1, round(_MIN_MOMENT_S / hop_s)))
    moment_weight = _weigh_moments(occlusion, moment_edges)
    bands = np.array_split(np.arange(front_end.n_mels), _N_BANDS)
    clearest_windows = occlusion.clearest_windows(_MAX_BAND_WINDOWS)
    band_weight = np.array([occlusion.weight(occlusion.hide(bands=band, windows=clearest_windows)) for band in bands])

    top_moments = _top_quarter(moment_weight)
    is_top = np.isin(np.arange(len(moment_weight)), top_moments)
    without_moments = occlusion.hide(frames=np.repeat(is_top, np.diff(moment_edges)))
    top_bands = _top_adjacent_quarter(band_weight)
    without_band = occlusion.hide(bands=np.concatenate(bands[top_bands]))

    edges_s = np.minimum((part.start + moment_edges) * hop_s, audio.duration_s)
    edges_hz = _band_edges_hz(front_end, tuple(int(band[-1]) for band in bands[:-1]))
    moments_s = _join_adjacent((float(edges_s[moment]), float(edges_s[moment + 1])) for moment in top_moments)
    band_hz = (float(edges_hz[top_bands.start]), float(edges_hz[top_bands.stop]))
    return Explanation(
        emotion=prediction.emotion,
        part_s=(float(edges_s[0]), float(edges_s[-1])),
        is_whole=part == sound,
        moment_edges_s=edges_s,
        moment_weight=moment_weight,
        band_edges_hz=edges_hz,
        band_weight=band_weight,
        moments_s=tuple(moments_s) if occlusion.weight(without_moments) >= _MIN_WEIGHT else (),
        band_hz=band_hz if occlusion.weight(without_band) >= _MIN_WEIGHT else None,
        probability=prediction.probabilities[prediction.emotion],
        without_moments=occlusion.probability(without_moments),
        without_band=occlusion.probability(without_band),
    )


def cut_out(samples: np.ndarray, spans_s: Iterable[Span]) -> np.ndarray:
    """Return spans of a clip one after the other, each faded in and out, with a short pause between them.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    spans_s : iterable of (start, end)
        The spans, in seconds.

    Returns
    -------
    np.ndarray [shape=(n_cut,)]
        float32; empty if there is no span.
    """
    pieces: list[np.ndarray] = []
    pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), dtype=np.float32)
    for start_s, end_s in spans_s:
        piece = samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)].astype(np.float32)
        fade = np.linspace(0.0, 1.0, min(round(_FADE_S * SAMPLE_RATE_HZ), len(piece) // 2), dtype=np.float32)
        piece[: len(fade)] *= fade
        piece[len(piece) - len(fade) :] *= fade[::-1]
        pieces += [piece, pause]
    return np.concatenate(pieces[:-1]) if pieces else np.empty(0, dtype=np.float32)


def _clearest_part(sound: slice, prediction: Prediction, max_frames: int, hop_s: float) -> slice:
    """Return the frames to examine: all sound, or the ``max_frames`` with the highest probability of the emotion."""
    timeline = prediction.timeline
    if sound.stop - sound.start <= max_frames or timeline is None:
        return sound
    probability = np.nan_to_num(timeline.probabilities[:, LABELS.index(prediction.emotion)])
    centres = (timeline.start_s + timeline.end_s) / (2.0 * hop_s)
    starts = np.clip(np.round(timeline.start_s / hop_s).astype(int), sound.start, sound.stop - max_frames)
    sums = [probability[(centres >= start) & (centres < start + max_frames)].sum() for start in starts]
    clearest_start = int(starts[int(np.argmax(sums))])
    return slice(clearest_start, clearest_start + max_frames)


def _moment_edges(n_frames: int, min_frames: int) -> np.ndarray:
    """Return the edges of the moments [shape=(m + 1,)], in frames; all moments have about the same length."""
    n_moments = int(np.clip(n_frames // min_frames, 1, _MAX_MOMENTS))
    return np.round(np.linspace(0, n_frames, n_moments + 1)).astype(int)


def _weigh_moments(occlusion: Occlusion, edges: np.ndarray) -> np.ndarray:
    """Return each moment's weight: the mean of hiding it with the moment before, and with the moment after."""
    n_moments = len(edges) - 1
    pair_weights = np.empty(n_moments + 1)
    for index in range(n_moments + 1):
        is_hidden = np.zeros(edges[-1], dtype=bool)
        is_hidden[edges[max(index - 1, 0)] : edges[min(index + 1, n_moments)]] = True
        pair_weights[index] = occlusion.weight(occlusion.hide(frames=is_hidden))
    return (pair_weights[:-1] + pair_weights[1:]) / 2.0


def _top_quarter(weight: np.ndarray) -> np.ndarray:
    """Return the indices of the quarter with the highest weight, in ascending order."""
    return np.sort(np.argsort(-weight, kind="stable")[: max(1, round(_TOP_SHARE * len(weight)))])


def _top_adjacent_quarter(weight: np.ndarray) -> slice:
    """Return the indices of the quarter, adjacent to each other, with the highest sum of weights."""
    length = max(1, round(_TOP_SHARE * len(weight)))
    start = int(np.convolve(weight, np.ones(length), mode="valid").argmax())
    return slice(start, start + length)


def _join_adjacent(spans_s: Iterable[Span]) -> Iterator[Span]:
    """Join spans where one ends at the start of the next."""
    current: Span | None = None
    for span in spans_s:
        if current is not None and current[1] == span[0]:
            current = (current[0], span[1])
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


@lru_cache(maxsize=4)
def _band_edges_hz(front_end: SpectrogramFrontEnd, last_mel_bands: tuple[int, ...]) -> np.ndarray:
    """Return the edges of groups of mel bands, measured with a tone that sweeps through all of them.

    The front end itself is measured, so that the result holds for any mel scale.
    """
    time_s = np.arange(round(_SWEEP_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    lowest_hz = max(front_end.min_hz, _LOWEST_SWEEP_HZ)
    ratio = front_end.max_hz / lowest_hz
    # An exponential sweep: its phase is the integral of its frequency.
    phase = 2.0 * np.pi * lowest_hz * _SWEEP_S / np.log(ratio) * ratio ** (time_s / _SWEEP_S)
    mel_db = front_end.log_mel_db(np.sin(phase).astype(np.float32))
    frame_hz = lowest_hz * ratio ** (np.arange(len(mel_db)) * front_end.hop_length / SAMPLE_RATE_HZ / _SWEEP_S)
    loudest_band = mel_db.argmax(axis=1)
    inner_edges_hz = [frame_hz[np.argmax(loudest_band > last_band)] for last_band in last_mel_bands]
    return np.array([front_end.min_hz, *inner_edges_hz, front_end.max_hz])
