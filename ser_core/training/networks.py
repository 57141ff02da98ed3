"""The networks, in Keras 3 without backend-specific code, so that they train on any of its backends.

``ser_whisper`` is in ``whisper_network``. All three end in logits. The recogniser applies the softmax,
with the temperature of the calibration.
"""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import Model, Sequential, layers, ops

from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.training.settings import SEED_CNN, SER_CNN, SER_WHISPER
from ser_core.training.whisper_network import STEPS, ser_whisper


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
    stack = [layers.Input(input_shape)]
    for n_filters in (256, 256, 128, 64):
        stack += [
            layers.Conv1D(n_filters, 5, padding="same", activation="relu"),
            layers.MaxPooling1D(5, strides=2, padding="same"),
        ]
        if n_filters == 128:
            stack.append(layers.Dropout(0.2))
    stack += [layers.Flatten(), layers.Dense(32, activation="relu"), layers.Dropout(0.3)]
    stack.append(layers.Dense(len(LABELS), name="logits"))
    return Sequential(stack, name=SEED_CNN)


def ser_cnn(input_shape: tuple[int, ...]) -> keras.Model:
    """Build a 2-D CNN over log-mel windows, with temporal context and attentive pooling on top.

    The trunk, up to the layer ``STEPS``, is the convolutional part of AudioNTT2020 (Niizumi et al. 2021, "BYOL for
    audio"): three blocks of 3 x 3 convolution with 64 channels and max-pooling by 2; the bands are then flattened into
    channels. ``pretrained.load_trunk`` loads published weights into the trunk and into the two dense layers after it.
    The head is this project's own: two dilated convolutions over time add context to each step, and the steps are
    pooled by attentive statistics (mean and deviation; Okabe et al. 2018, "Attentive statistics pooling for deep
    speaker embedding") and their maximum.

    Parameters
    ----------
    input_shape : tuple of int
        Number of frames and bands: ``(300, 64)``.

    Returns
    -------
    keras.Model
        From standardised log-mel windows to eight logits; 1.0 million parameters.
    """
    window = layers.Input(input_shape, name="log_mel")
    x = layers.Reshape((*input_shape, 1))(window)
    for number in (1, 2, 3):
        x = layers.Conv2D(64, 3, padding="same", name=f"conv_{number}")(x)
        x = layers.BatchNormalization(epsilon=1e-5, name=f"norm_{number}")(x)
        x = layers.MaxPooling2D(2)(layers.Activation("relu")(x))
    _, n_steps, n_bands, n_channels = x.shape
    x = layers.Reshape((n_steps, n_bands * n_channels), name=STEPS)(x)

    x = layers.Dense(512, activation="relu", name="step_dense_1")(x)
    x = layers.Dense(512, activation="relu", name="step_dense_2")(layers.Dropout(0.3)(x))
    near_context = _context(x, dilation=1)
    far_context = _context(near_context, dilation=2)
    x = layers.Dropout(0.1)(layers.Concatenate()([x, near_context, far_context]))

    attention = layers.Dense(1)(layers.Dense(64, activation="tanh")(x))
    attention = layers.Softmax(axis=1, name="attention")(attention)
    mean = ops.sum(attention * x, axis=1)
    variance = ops.sum(attention * ops.square(x), axis=1) - ops.square(mean)
    pooled = layers.Concatenate()([mean, ops.sqrt(ops.maximum(variance, 1e-5)), ops.max(x, axis=1)])
    pooled = layers.Dropout(0.3)(layers.BatchNormalization(name="embedding")(pooled))
    logits = layers.Dense(len(LABELS), name="logits")(pooled)
    return Model(window, logits, name=SER_CNN)


def _context(x: keras.KerasTensor, dilation: int) -> keras.KerasTensor:
    """Apply one convolution over each step and the two steps that are ``dilation`` steps away."""
    y = layers.Conv1D(128, 3, padding="same", dilation_rate=dilation, use_bias=False)(x)
    return layers.Activation("relu")(layers.BatchNormalization()(y))


def trunk_and_head(network: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Split a ``ser_cnn`` at the layer ``STEPS`` into two networks that share its weights.

    Parameters
    ----------
    network : keras.Model
        A ``ser_cnn``.

    Returns
    -------
    keras.Model
        The trunk: from windows [shape=(w, frames, bands)] to steps [shape=(w, steps, 512)].
    keras.Model
        The head: from steps to logits [shape=(w, 8)].
    """
    steps = network.get_layer(STEPS).output
    return Model(network.input, steps, name="trunk"), Model(steps, network.output, name="head")


NETWORKS: dict[str, Callable[[tuple[int, ...]], keras.Model]] = {
    SEED_CNN: seed_cnn,
    SER_CNN: ser_cnn,
    SER_WHISPER: ser_whisper,
}


def build(name: str, input_shape: tuple[int, ...]) -> keras.Model:
    """Build a network by name.

    Parameters
    ----------
    name : str
        A key of ``NETWORKS``.
    input_shape : tuple of int
        ``input_shape`` of the network's front end.

    Returns
    -------
    keras.Model
        Untrained.

    Raises
    ------
    TrainingError
        If no network has that name.
    """
    if name not in NETWORKS:
        raise TrainingError(
            f"There is no network called {name!r}",
            expected=f"one of {sorted(NETWORKS)}",
            advice="Choose one of these names",
        )
    return NETWORKS[name](input_shape)
