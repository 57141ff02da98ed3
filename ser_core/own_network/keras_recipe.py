"""The Conv1D network that visitors train. The page shows this function as it stands; only the worker imports it."""

from __future__ import annotations

import keras
from keras import layers


def build_network(x_train, n_labels):  # type: ignore[no-untyped-def]  # readers see plain Keras
    """Return a network from averages of features to one probability for each label."""
    normalise = layers.Normalization()
    normalise.adapt(x_train)
    stack = [layers.Input((x_train.shape[1],)), normalise, layers.Reshape((-1, 1))]
    for n_filters in (64, 64, 64):
        stack += [layers.Conv1D(n_filters, 5, padding="same", activation="relu"), layers.MaxPooling1D(5, 2, "same")]
    stack += [layers.Flatten(), layers.Dropout(0.3), layers.Dense(32, "relu"), layers.Dense(n_labels, "softmax")]
    network = keras.Sequential(stack)
    network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return network
