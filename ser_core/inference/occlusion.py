"""The network's output for a clip with parts of its spectrogram hidden.

Occlusion (Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks", section 4.2): a part of the
input is hidden, and the part's weight is how much the log-odds of the predicted emotion drop. Log-odds are used instead
of the probability, because the probability hardly changes where the network is very sure.

The value that a hidden part gets decides the result. Here it is the window's mean level, inserted before the window is
standardised: the rest is then standardised like any other clip. For `ser_cnn`, it was chosen among five fill values
(the floor of -60 dB; the lowest tenth, the median and the mean of each band; the mean of the window), each combined
with the mean and standard deviation of the untouched window or with new ones. The choice was made on 140 clips of seven
corpora with the first `ser_cnn` (trained from random weights). The measure: how much more probability is lost by hiding
the quarter that the ranking puts first than by hiding a random quarter.

- Moments, hidden in four ways of which none used the mean level: the ranking by mean level was best (17.5 percentage
  points more; lowest tenth 16.7, floor 16.4, median 15.9).
- Bands, each ranking tested with all ways of hiding except its own: the lowest tenth was as good (30 points; mean level
  28). But when a single band was hidden with the lowest tenth, the prediction of 16 % of the clips changed; with the
  mean level, it changed for 10 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.special import log_softmax, logsumexp

from ser_core.emotions import LABELS
from ser_core.inference.calibration import pool_windows
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.spectrogram import SpectrogramFrontEnd


class Occlusion:
    """Predicts a clip again with parts of it hidden.

    The windows of a long clip overlap, so that each moment lies in several. Here they are adjacent, so that each moment
    is computed only once. The change of the pooled logits of these windows is added to the logits of the clip: exact
    for a clip of a single window, an estimate for a longer one.

    Parameters
    ----------
    recognizer : Recognizer
        The recogniser that predicted the clip.
    front_end : SpectrogramFrontEnd
        Its front end.
    mel_db : np.ndarray [shape=(t, n_mels)]
        Log-mel levels of the part of the clip that is examined, in decibels.
    prediction : Prediction
        The prediction for the clip.
    share : float
        Duration of that part as a share of the clip without the pauses at both ends, 0 to 1.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        front_end: SpectrogramFrontEnd,
        mel_db: np.ndarray,
        prediction: Prediction,
        share: float,
    ) -> None:
        self._recognizer = recognizer
        self._front_end = front_end
        self._mel_db = mel_db
        self._profile = prediction.profile
        self._winner = LABELS.index(prediction.emotion)
        self._clip_log_probabilities: np.ndarray = log_softmax(prediction.logits / prediction.calibration.temperature)
        self._scale = share / prediction.calibration.temperature
        last_start = max(len(mel_db) - front_end.window_frames, 0)
        starts = [*range(0, last_start, front_end.window_frames), last_start]
        self._windows = [slice(start, min(start + front_end.window_frames, len(mel_db))) for start in starts]
        is_loud = front_end.is_loud(mel_db)
        self._loud_share = np.array([is_loud[window].mean() for window in self._windows])
        self._untouched_logits = self._logits([mel_db[window] for window in self._windows])

    def hide(
        self,
        *,
        frames: np.ndarray | None = None,
        bands: np.ndarray | None = None,
        windows: Iterable[int] | None = None,
    ) -> np.ndarray:
        """Return the clip's log-probabilities with some points of the spectrogram hidden.

        Parameters
        ----------
        frames : np.ndarray [shape=(t,), dtype=bool], optional
            Frames to hide; all frames by default.
        bands : np.ndarray [dtype=int], optional
            Indices of the mel bands to hide in these frames; all bands by default.
        windows : iterable of int, optional
            Indices of the windows in which they are hidden; all windows by default.

        Returns
        -------
        np.ndarray [shape=(8,)]
            Log-probabilities in the order of ``LABELS``.
        """
        is_hidden = np.ones(self._mel_db.shape, dtype=bool)
        if frames is not None:
            is_hidden &= frames[:, np.newaxis]
        if bands is not None:
            is_hidden &= np.isin(np.arange(self._front_end.n_mels), bands)
        changed = [
            index
            for index in (range(len(self._windows)) if windows is None else windows)
            if is_hidden[self._windows[index]].any()
        ]
        logits = self._untouched_logits.copy()
        if changed:
            logits[changed] = self._logits([self._with_hidden(self._windows[index], is_hidden) for index in changed])
        difference = pool_windows(logits - self._untouched_logits, self._loud_share)
        log_probabilities: np.ndarray = log_softmax(self._clip_log_probabilities + self._scale * difference)
        return log_probabilities

    def weight(self, log_probabilities: np.ndarray) -> float:
        """Return by how much the log-odds of the predicted emotion are under those of the untouched clip.

        Parameters
        ----------
        log_probabilities : np.ndarray [shape=(8,)]
            Log-probabilities with a part hidden, as ``hide`` returns them.

        Returns
        -------
        float
            Negative if the emotion is more probable without the part.
        """
        return self._log_odds(self._clip_log_probabilities) - self._log_odds(log_probabilities)

    def probability(self, log_probabilities: np.ndarray) -> float:
        """Return the probability of the predicted emotion, 0 to 1, from log-probabilities as ``hide`` returns them."""
        return float(np.exp(log_probabilities[self._winner]))

    def clearest_windows(self, n_windows: int) -> list[int]:
        """Return the windows with the clearest evidence for the predicted emotion.

        Parameters
        ----------
        n_windows : int
            Largest number of windows to return.

        Returns
        -------
        list of int
            Indices of windows, the clearest first: those in which the emotion's logit is highest above the mean logit,
            weighted by the share of sound in the window.
        """
        lead: np.ndarray = self._untouched_logits[:, self._winner] - self._untouched_logits.mean(axis=1)
        ranking = np.argsort(-lead * self._loud_share, kind="stable")
        return [int(index) for index in ranking[:n_windows]]

    def _log_odds(self, log_probabilities: np.ndarray) -> float:
        of_other_labels = np.delete(log_probabilities, self._winner)
        return float(log_probabilities[self._winner] - logsumexp(of_other_labels))

    def _with_hidden(self, window: slice, is_hidden: np.ndarray) -> np.ndarray:
        window_db = self._mel_db[window]
        return np.where(is_hidden[window], window_db.mean(), window_db)

    def _logits(self, windows_db: Sequence[np.ndarray]) -> np.ndarray:
        inputs = np.stack([self._front_end.standardise(window_db) for window_db in windows_db])
        return self._recognizer.logits(inputs, self._profile)
