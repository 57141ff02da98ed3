"""The multi-layer perceptron for hosts with little memory. The page shows this function; only the worker imports it."""

from __future__ import annotations

from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler


def build_mlp() -> Pipeline:
    """Return scikit-learn's multi-layer perceptron with one layer of 64, after a standardisation."""
    return make_pipeline(StandardScaler(), MLPClassifier((64,), batch_size=32, alpha=0.01, random_state=0))
