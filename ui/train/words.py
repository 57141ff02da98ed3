"""Names and sentences of the page."""

from __future__ import annotations

from collections.abc import Sequence

from ser_core.own_network.choices import BY_SPEAKER, KERAS, MLP, RANDOM
from ser_core.own_network.progress import Result

# By the names in ``ser_core.own_network.choices.FEATURES``.
FEATURE_NAMES = {
    "mel_power": "Mel spectrogram (128)",
    "mfcc": "MFCC (20)",
    "chroma": "Chroma (12)",
    "zero_crossing_rate": "Zero crossings (1)",
    "rms": "RMS (1)",
}
METHOD_NAMES = {KERAS: "Keras: a Conv1D network", MLP: "scikit-learn: a multi-layer perceptron (MLP)"}
SPLIT_NAMES = {RANDOM: "Random split", BY_SPEAKER: "Split by speaker"}


def seconds(duration_s: float) -> str:
    """Return a time to wait: ``"about 20 s"``, ``"about 3 min"``."""
    if duration_s < 90:
        return f"about {max(5, 5 * round(duration_s / 5))} s"
    return f"about {round(duration_s / 60)} min"


def place_in_line(n_before: int) -> str:
    """Return the visitor's place in the line, in a sentence."""
    if not n_before:
        return "**You are next.** It starts in a moment."
    return f"**You are number {n_before} in the line.** {_others(n_before)} before yours. It starts by itself."


def busy(n_trainings: int) -> str:
    """Return what a visitor should know before a start while others train."""
    return f"This server trains one network at a time. {_others(n_trainings)} before yours: it would wait in a line."


def _others(n_trainings: int) -> str:
    return "One training is" if n_trainings == 1 else f"{n_trainings} trainings are"


def shared_speakers(result: Result) -> str:
    """Return how many of the tested speakers the network was trained on, in a sentence."""
    if not result.n_shared_speakers:
        return f"None of the {result.n_test_speakers} speakers of the test clips is in the training clips."
    return (
        f"{result.n_shared_speakers} of the {result.n_test_speakers} speakers of the test clips are in the training "
        "clips too."
    )


def lesson(results: Sequence[Result]) -> str:
    """Return what the two splits show together; for one split, why the other one is worth a look.

    It is Markdown with glossary terms in double brackets.
    """
    by_split = {result.split: result for result in results}
    if set(by_split) != {RANDOM, BY_SPEAKER}:
        return (
            "Train with **both** splits to see the difference: the same network on the same clips, tested on voices "
            "that it was trained on, and on new voices."
        )
    random, by_speaker = by_split[RANDOM].uar, by_split[BY_SPEAKER].uar
    scores = f"**{random:.0%}** with the random split, **{by_speaker:.0%}** with the split by speaker."
    if random - by_speaker < 0.03:
        return (
            f"{scores} Here the two are close: with many speakers and few clips of each, there is little to learn "
            "about one voice. Add TESS, which has two speakers with 1,400 clips each, and look again."
        )
    return (
        f"{scores} The network and the clips are the same. The [[random split]] puts clips of one speaker, often of "
        "one sentence, into both parts. The network then recognises voices, and the [[score]] says little about a "
        "new person. **Only the split by speaker says how good the network is for a voice that it was not trained "
        "on.**"
    )
