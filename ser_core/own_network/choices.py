"""What a visitor chooses before a training, within the limits of a small shared host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ser_core.errors import TrainingError
from ser_core.features.extraction import SUMMARY_LAYOUT

# The five features, by their names in ``SUMMARY_LAYOUT``.
FEATURES = tuple(SUMMARY_LAYOUT)
# The corpora of the Kaggle set of which averages are committed.
CORPORA = ("RAVDESS", "TESS", "CREMA-D")

RANDOM, BY_SPEAKER = "random", "by speaker"
SPLITS = (RANDOM, BY_SPEAKER)

KERAS, MLP = "keras", "mlp"
METHODS = (KERAS, MLP)

# Of Keras' random numbers. The code that the page shows has it too, and so gives the same score.
SEED = 0

FEWEST_CLIPS, MOST_CLIPS = 100, 4_000
MOST_EPOCHS = 60


@dataclass(frozen=True)
class Choices:
    """The settings of one training.

    Parameters
    ----------
    features : tuple of str
        Some of ``FEATURES``.
    corpora : tuple of str
        Some of ``CORPORA``.
    n_clips : int
        Number of clips that are drawn, training and test together.
    n_epochs : int
        Passes through the training clips.
    splits : tuple of str
        Some of ``SPLITS``. For each split a network is trained, one after the other, on the same clips.
    method : str
        ``KERAS``, a Conv1D network, or ``MLP``, scikit-learn's multi-layer perceptron, which needs less memory.

    Raises
    ------
    TrainingError
        If a value is outside its limits.
    """

    features: tuple[str, ...] = FEATURES
    corpora: tuple[str, ...] = ("RAVDESS", "TESS")
    n_clips: int = 1_200
    n_epochs: int = 20
    splits: tuple[str, ...] = SPLITS
    method: str = KERAS

    def __post_init__(self) -> None:
        for chosen, possible, name in (
            (self.features, FEATURES, "features"),
            (self.corpora, CORPORA, "corpora"),
            (self.splits, SPLITS, "splits"),
            ((self.method,), METHODS, "methods"),
        ):
            if not chosen or not set(chosen) <= set(possible):
                raise TrainingError(
                    f"The choice of {name} is not possible",
                    expected=f"at least one of {', '.join(possible)}",
                    advice="Choose again",
                )
        if not (FEWEST_CLIPS <= self.n_clips <= MOST_CLIPS and 1 <= self.n_epochs <= MOST_EPOCHS):
            raise TrainingError(
                f"{self.n_clips} clips and {self.n_epochs} epochs are outside the limits",
                expected=f"{FEWEST_CLIPS} to {MOST_CLIPS} clips, and 1 to {MOST_EPOCHS} epochs",
                advice="Choose again",
            )

    def as_json(self) -> dict[str, Any]:
        """Return the choices ready for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Choices:
        """Make choices from what ``as_json`` returns, also after JSON has turned tuples into lists."""
        tuples = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **tuples})
