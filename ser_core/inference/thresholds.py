"""The thresholds between "sure", "leaning" and "open", and what they are fitted to.

``evaluation.fit_thresholds`` fits them to the targets below, and ``train`` writes them to the network's
``config.json``. Imports no NumPy: the first page reads that file without it.
"""

from __future__ import annotations

from dataclasses import dataclass

# Share of the sure predictions that must be correct.
TARGET_ACCURACY = 0.75

# With a larger set, the page names only the least likely emotion.
LARGEST_SMALL_SET = 3

# Share of the clips whose true emotion must be in the set of likely emotions: among all clips, and among those whose
# answer names at most ``LARGEST_SMALL_SET`` emotions.
TARGET_COVERAGE = 0.8


@dataclass(frozen=True)
class Calibration:
    """Parameters that turn logits into probabilities, and probabilities into an answer.

    Parameters
    ----------
    temperature : float
        Logits are divided by it before the softmax.
    confidence_threshold : float
        A prediction is sure if its highest probability is at least this high.
    set_threshold : float
        Otherwise the answer is the set of all emotions whose probability is at least this high (``likely_set``).
    """

    temperature: float
    confidence_threshold: float
    set_threshold: float
