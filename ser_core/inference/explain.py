"""Why a clip got its answer: which moments and which frequencies mattered to the network.

Occlusion (Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks", section 4.2): a part of what
the network is fed is hidden, and the part weighs as much as the answer's log-odds lose by it. Log-odds and not the
probability, which hardly moves where the network is very sure.

What a part is hidden with decides what is found. Here it is the window's own mean level, put in before the window
is standardised, so that what is left is standardised as any clip is; training masks with that level, so the network
knows it for a gap. It was chosen among the floor of -60 dB, each band's quietest tenth, its median and its mean,
with the untouched window's mean and deviation or renewed ones, on 140 clips of seven corpora, with the
first `ser_cnn` (trained from scratch): how much more the probability loses with the quarter that a ranking puts first
than with a quarter chosen at random. For moments, hidden in four ways with the mean level not among them, its ranking
was the best of all (17.5 points more; the quietest tenth 16.7, the floor 16.4, the median 15.9). For bands, hidden in
all ways but the ranking's own, the quietest tenth was as good (30 points, the mean level 28); but hiding a single band
with that overturned 16 % of the answers, with the mean level 10 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import log_softmax, logsumexp

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.calibration import pool_windows
from ser_core.inference.front_end import LogMelFrontEnd
from ser_core.inference.recognizer import Prediction, Recognizer, Timeline

# What bounds the cost: at most 180 windows through the network, whatever the clip's length.
LONGEST_PART_S = 60.0
_MOST_MOMENTS = 50
_BAND_WINDOWS = 2

_SHORTEST_MOMENT_S = 0.1
_N_BANDS = 16

# The share of time, and of bands, that is called "what mattered".
_MATTERING = 0.25
# What weighs less leaves the answer as it is: 0.1 in log-odds are 2.5 points at a probability of 50 %.
_LEAST_WEIGHT = 0.1

_FADE_S = 0.01
_GAP_S = 0.12

Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Explanation:
    """Which moments and which frequencies an answer rests on.

    Parameters
    ----------
    emotion : str
        The answer that is explained, one of ``LABELS``.
    part_s : tuple of float
        The start and the end of what was looked at: the clip without the pauses around it, or, of a longer one, the
        minute that speaks most for the answer.
    is_whole : bool
        Whether that is all of the clip's sound.
    moment_edges_s : np.ndarray [shape=(m + 1,)]
        The bounds of the moments, in seconds.
    moment_weight : np.ndarray [shape=(m,)]
        How much the answer's log-odds lose when the moment is hidden; negative where it spoke against the answer.
    band_edges_hz : np.ndarray [shape=(b + 1,)]
        The bounds of the bands, in hertz.
    band_weight : np.ndarray [shape=(b,)]
        The same for a band that is hidden all the time; in a longer clip, in the six seconds that say most.
    moments_s : tuple of (start, end)
        The quarter of the time that mattered most, in seconds; empty where no moment mattered by itself.
    band_hz : tuple of float or None
        The quarter of the bands, side by side, that mattered most; None where none did.
    probability, without_moments, without_band : float
        The answer's probability for the clip, and what is left of it when the heaviest quarter of the moments or of
        the bands is hidden; estimated from windows side by side where a clip has several.
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
    """Find what in a clip the network's answer rests on.

    Parameters
    ----------
    recognizer : Recognizer
        The one that gave the answer.
    audio : Audio
        A clip of any length.
    prediction : Prediction
        Its answer to that clip.

    Returns
    -------
    Explanation
        Weights of moments and bands, and what mattered most.

    Raises
    ------
    ModelError
        If the network's input has no time and no frequencies that could be hidden.
    """
    front_end = recognizer.front_end
    if not isinstance(front_end, LogMelFrontEnd):
        raise ModelError(
            f"The network {recognizer.config.network!r} is fed averages over the whole clip",
            expected="An explanation needs a network that is fed a spectrogram",
            advice="Ask for an explanation of ser_cnn's answer",
        )
    hop_s = front_end.hop_length / SAMPLE_RATE_HZ
    mel_db = front_end.log_mel_db(audio.samples)
    kept = front_end.trim(mel_db)
    part = _most_telling(kept, prediction, round(LONGEST_PART_S / hop_s), hop_s)
    share = (part.stop - part.start) / (kept.stop - kept.start)
    hiding = _Hiding(recognizer, front_end, mel_db[part], prediction, share)

    moments = _moments(part.stop - part.start, max(1, round(_SHORTEST_MOMENT_S / hop_s)))
    moment_weight = _weigh_moments(hiding, moments)
    bands = np.array_split(np.arange(front_end.n_mels), _N_BANDS)
    telling = hiding.most_telling_windows(_BAND_WINDOWS)
    band_weight = np.array([hiding.weight(hiding.without(bands=band, windows=telling)) for band in bands])

    top_moments = _heaviest(moment_weight)
    is_top = np.isin(np.arange(len(moment_weight)), top_moments)
    without_moments = hiding.without(frames=np.repeat(is_top, np.diff(moments)))
    top_bands = _heaviest_run(band_weight)
    without_band = hiding.without(bands=np.concatenate(bands[top_bands]))

    edges_s = np.minimum((part.start + moments) * hop_s, audio.duration_s)
    edges_hz = _band_edges_hz(front_end, tuple(int(band[-1]) for band in bands[:-1]))
    spans_s = _joined((float(edges_s[each]), float(edges_s[each + 1])) for each in top_moments)
    span_hz = (float(edges_hz[top_bands.start]), float(edges_hz[top_bands.stop]))
    return Explanation(
        emotion=prediction.emotion,
        part_s=(float(edges_s[0]), float(edges_s[-1])),
        is_whole=part == kept,
        moment_edges_s=edges_s,
        moment_weight=moment_weight,
        band_edges_hz=edges_hz,
        band_weight=band_weight,
        moments_s=tuple(spans_s) if hiding.weight(without_moments) >= _LEAST_WEIGHT else (),
        band_hz=span_hz if hiding.weight(without_band) >= _LEAST_WEIGHT else None,
        probability=prediction.probabilities[prediction.emotion],
        without_moments=hiding.probability(without_moments),
        without_band=hiding.probability(without_band),
    )


def cut_out(samples: np.ndarray, spans_s: Iterable[Span]) -> np.ndarray:
    """Return parts of a clip one after the other, faded in and out, with a short pause between them.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    spans_s : iterable of (start, end)
        The parts, in seconds.

    Returns
    -------
    np.ndarray [shape=(n_cut,)]
        float32; empty without a part.
    """
    pieces = []
    for start_s, end_s in spans_s:
        piece = samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)].astype(np.float32)
        fade = np.linspace(0.0, 1.0, min(round(_FADE_S * SAMPLE_RATE_HZ), len(piece) // 2), dtype=np.float32)
        piece[: len(fade)] *= fade
        piece[len(piece) - len(fade) :] *= fade[::-1]
        pieces += [piece, np.zeros(round(_GAP_S * SAMPLE_RATE_HZ), dtype=np.float32)]
    return np.concatenate(pieces[:-1]) if pieces else np.empty(0, dtype=np.float32)


class _Hiding:
    """Asks the network again with a part hidden.

    A long clip's windows overlap, so that every moment is in several. Here they lie side by side, which asks about each
    moment once. The clip's probabilities are moved by what the pooled logits of these windows lose: exact
    for a clip of one window.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        front_end: LogMelFrontEnd,
        part_db: np.ndarray,
        prediction: Prediction,
        share: float,
    ) -> None:
        self._recognizer = recognizer
        self._front_end = front_end
        self._part_db = part_db
        self._winner = LABELS.index(prediction.emotion)
        self._clip = log_softmax(prediction.logits / recognizer.config.temperature)
        self._scale = share / recognizer.config.temperature
        last = max(len(part_db) - front_end.window_frames, 0)
        starts = [*range(0, last, front_end.window_frames), last]
        self._windows = [slice(start, min(start + front_end.window_frames, len(part_db))) for start in starts]
        loud = front_end.is_loud(part_db)
        self._loud_share = np.array([loud[window].mean() for window in self._windows])
        self._untouched = self._logits([part_db[window] for window in self._windows])

    def without(
        self,
        *,
        frames: np.ndarray | None = None,
        bands: np.ndarray | None = None,
        windows: Iterable[int] | None = None,
    ) -> np.ndarray:
        """Return the clip's log-probabilities [shape=(8,)] with frames or bands hidden.

        Parameters
        ----------
        frames : np.ndarray [shape=(t,), dtype=bool], optional
            Which frames of the part are hidden; all.
        bands : np.ndarray [dtype=int], optional
            Which bands are hidden in these frames; all.
        windows : iterable of int, optional
            Where; in all windows.
        """
        hidden = np.ones(self._part_db.shape, dtype=bool)
        if frames is not None:
            hidden &= frames[:, None]
        if bands is not None:
            hidden &= np.isin(np.arange(hidden.shape[1]), bands)
        touched = [
            number
            for number in (range(len(self._windows)) if windows is None else windows)
            if hidden[self._windows[number]].any()
        ]
        logits = self._untouched.copy()
        if touched:
            levels = [(self._part_db[self._windows[each]], hidden[self._windows[each]]) for each in touched]
            logits[touched] = self._logits([np.where(is_hidden, db.mean(), db) for db, is_hidden in levels])
        lost = pool_windows(logits - self._untouched, self._loud_share)
        return log_softmax(self._clip + self._scale * lost)

    def weight(self, log_probabilities: np.ndarray) -> float:
        """Return how much the winner's log-odds are under the clip's."""
        return self._log_odds(self._clip) - self._log_odds(log_probabilities)

    def probability(self, log_probabilities: np.ndarray) -> float:
        """Return the winner's probability."""
        return float(np.exp(log_probabilities[self._winner]))

    def most_telling_windows(self, n_windows: int) -> list[int]:
        """Return the windows in which the winner's logit stands highest over the others' mean."""
        lead = self._untouched[:, self._winner] - self._untouched.mean(axis=1)
        return np.argsort(-lead * self._loud_share, kind="stable")[:n_windows].tolist()

    def _log_odds(self, log_probabilities: np.ndarray) -> float:
        others = np.delete(log_probabilities, self._winner)
        return float(log_probabilities[self._winner] - logsumexp(others))

    def _logits(self, windows_db: list[np.ndarray]) -> np.ndarray:
        return self._recognizer.logits(np.stack([self._front_end.standardise(window) for window in windows_db]))


def _most_telling(kept: slice, prediction: Prediction, most_frames: int, hop_s: float) -> slice:
    """Return the frames to look at: all that are kept, or the stretch with the most probability for the answer."""
    line: Timeline | None = prediction.timeline
    if kept.stop - kept.start <= most_frames or line is None:
        return kept
    winner = np.nan_to_num(line.probabilities[:, LABELS.index(prediction.emotion)])
    middle = (line.start_s + line.end_s) / (2.0 * hop_s)
    starts = np.clip(np.round(line.start_s / hop_s).astype(int), kept.start, kept.stop - most_frames)
    inside = [winner[(middle >= start) & (middle < start + most_frames)].sum() for start in starts]
    start = int(starts[int(np.argmax(inside))])
    return slice(start, start + most_frames)


def _moments(n_frames: int, shortest: int) -> np.ndarray:
    """Return the edges of the moments [shape=(m + 1,)], in frames, all about equally long."""
    n_moments = int(np.clip(n_frames // shortest, 1, _MOST_MOMENTS))
    return np.round(np.linspace(0, n_frames, n_moments + 1)).astype(int)


def _weigh_moments(hiding: _Hiding, edges: np.ndarray) -> np.ndarray:
    """Return each moment's weight: the mean of hiding it with the one before, and with the one after."""
    n_moments = len(edges) - 1
    pairs = np.empty(n_moments + 1)
    for number in range(n_moments + 1):
        frames = np.zeros(edges[-1], dtype=bool)
        frames[edges[max(number - 1, 0)] : edges[min(number + 1, n_moments)]] = True
        pairs[number] = hiding.weight(hiding.without(frames=frames))
    return (pairs[:-1] + pairs[1:]) / 2.0


def _heaviest(weight: np.ndarray) -> np.ndarray:
    """Return the positions of the heaviest quarter, in order."""
    return np.sort(np.argsort(-weight, kind="stable")[: max(1, round(_MATTERING * len(weight)))])


def _heaviest_run(weight: np.ndarray) -> slice:
    """Return the positions of the quarter side by side that weighs most."""
    length = max(1, round(_MATTERING * len(weight)))
    start = int(np.convolve(weight, np.ones(length), mode="valid").argmax())
    return slice(start, start + length)


def _joined(spans_s: Iterable[Span]) -> Iterator[Span]:
    """Join spans where one ends as the next begins."""
    before: Span | None = None
    for span in spans_s:
        if before is not None and before[1] == span[0]:
            before = (before[0], span[1])
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before


@lru_cache(maxsize=4)
def _band_edges_hz(front_end: LogMelFrontEnd, last_of_each: tuple[int, ...]) -> np.ndarray:
    """Return where groups of bands begin and end, found with a tone that rises through all of them.

    Asked of the front end itself, so that it holds for whatever mel scale that uses.
    """
    duration_s = 4.0
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    ratio = front_end.max_hz / front_end.min_hz
    # An exponential sweep: its phase is the integral of its frequency.
    phase = 2.0 * np.pi * front_end.min_hz * duration_s / np.log(ratio) * ratio ** (time_s / duration_s)
    mel_db = front_end.log_mel_db(np.sin(phase).astype(np.float32))
    frame_hz = front_end.min_hz * ratio ** (np.arange(len(mel_db)) * front_end.hop_length / SAMPLE_RATE_HZ / duration_s)
    loudest = mel_db.argmax(axis=1)
    inner = [frame_hz[np.argmax(loudest > last)] for last in last_of_each]
    return np.array([front_end.min_hz, *inner, front_end.max_hz])
