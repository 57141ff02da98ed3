"""The networks, in Keras 3 alone, so that they train on any of its backends.

Both end in logits: the softmax, with the calibration's temperature, is the recogniser's.
"""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import Model, Sequential, layers, ops

from ser_core.emotions import LABELS
from ser_core.errors import TrainingError

SEED_CNN = "seed_cnn"
SER_CNN = "ser_cnn"


def seed_cnn(input_shape: tuple[int, ...]) -> keras.Model:
    """Build the original project's network: four Conv1D layers over the 162 averages.

    256, 256, 128 and 64 filters of width 5, each followed by max-pooling over 5 with stride 2; dropout 0.2
    after the third and 0.3 after the dense layer of 32.

    Parameters
    ----------
    input_shape : tuple of int
        ``(162, 1)``.

    Returns
    -------
    keras.Model
        From standardised summaries to eight logits; 0.56 million parameters.
    """
    network = [layers.Input(input_shape)]
    for n_filters in (256, 256, 128, 64):
        network += [
            layers.Conv1D(n_filters, 5, padding="same", activation="relu"),
            layers.MaxPooling1D(5, strides=2, padding="same"),
        ]
        if n_filters == 128:
            network.append(layers.Dropout(0.2))
    network += [layers.Flatten(), layers.Dense(32, activation="relu"), layers.Dropout(0.3)]
    network.append(layers.Dense(len(LABELS), name="logits"))
    return Sequential(network, name=SEED_CNN)


def ser_cnn(input_shape: tuple[int, ...]) -> keras.Model:
    """Build a residual 2-D CNN over log-mel windows, pooled over time by attention.

    The bands are flattened into channels before anything is averaged: a network that averaged over bands first
    stayed near chance for its first ten epochs. Attentive statistics pooling (mean and deviation, weighted)
    is Okabe et al. (2018), "Attentive statistics pooling for deep speaker embedding".

    Parameters
    ----------
    input_shape : tuple of int
        Frames, bands: ``(188, 64)``.

    Returns
    -------
    keras.Model
        From standardised log-mel windows to eight logits; 0.70 million parameters.
    """
    window = layers.Input(input_shape, name="log_mel")
    x = layers.Reshape((*input_shape, 1))(window)
    x = layers.Conv2D(32, 5, strides=2, padding="same", use_bias=False)(x)
    x = layers.Activation("relu")(layers.BatchNormalization()(x))
    for n_filters, strides in ((64, (2, 2)), (96, (1, 2)), (128, (1, 2))):
        x = _residual_block(x, n_filters, strides)
    _, n_steps, n_bands, n_channels = x.shape
    x = layers.Reshape((n_steps, n_bands * n_channels))(x)
    x = layers.Dropout(0.1)(x)
    x = layers.Dense(192, use_bias=False)(x)
    x = layers.Activation("relu")(layers.BatchNormalization()(x))
    context = layers.Conv1D(192, 3, padding="same", use_bias=False)(x)
    x = layers.Add()([x, layers.Activation("relu")(layers.BatchNormalization()(context))])

    attention = layers.Dense(1)(layers.Dense(64, activation="tanh")(x))
    attention = layers.Softmax(axis=1, name="attention")(attention)
    mean = ops.sum(attention * x, axis=1)
    variance = ops.sum(attention * ops.square(x), axis=1) - ops.square(mean)
    pooled = layers.Concatenate()([mean, ops.sqrt(ops.maximum(variance, 1e-5))])
    pooled = layers.Dropout(0.2)(pooled)
    logits = layers.Dense(len(LABELS), name="logits")(pooled)
    return Model(window, logits, name=SER_CNN)


def _residual_block(x: keras.KerasTensor, n_filters: int, strides: tuple[int, int]) -> keras.KerasTensor:
    """Two 3 x 3 convolutions beside a strided 1 x 1 shortcut (He et al. 2016)."""
    y = layers.Conv2D(n_filters, 3, strides=strides, padding="same", use_bias=False)(x)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.Conv2D(n_filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    shortcut = layers.Conv2D(n_filters, 1, strides=strides, padding="same", use_bias=False)(x)
    return layers.Activation("relu")(layers.Add()([y, layers.BatchNormalization()(shortcut)]))


NETWORKS: dict[str, Callable[[tuple[int, ...]], keras.Model]] = {SEED_CNN: seed_cnn, SER_CNN: ser_cnn}


def build(name: str, input_shape: tuple[int, ...]) -> keras.Model:
    """Build a network by name.

    Parameters
    ----------
    name : str
        A key of ``NETWORKS``.
    input_shape : tuple of int
        Its front end's ``input_shape``.

    Raises
    ------
    TrainingError
        If there is no network of that name.
    """
    if name not in NETWORKS:
        raise TrainingError(
            f"There is no network called {name!r}",
            expected=f"One of {sorted(NETWORKS)}",
            advice="Choose one of these names",
        )
    return NETWORKS[name](input_shape)
