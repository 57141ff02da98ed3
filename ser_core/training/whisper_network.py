"""The network ``ser_whisper``: four small heads on the lower part of Whisper's encoder.

The trunk is the convolutional stem and the first two attention blocks of the encoder of OpenAI's Whisper ``tiny.en``
(Radford et al. 2022, "Robust speech recognition via large-scale weak supervision"; MIT licence). Whisper was trained on
680,000 hours of recordings of all kinds, so the output of its lower layers hardly depends on room and microphone. The
trunk is frozen: when it was trained too, the UAR on unknown corpora was lower.

A head reads the trunk's steps (one every 40 ms) minus a reference: the mean of earlier recordings of the same voice.
A voice that is always high is then not taken for an excited one. Without earlier recordings the reference is zero.

The heads differ only in their random initial weights, and their logits are averaged (an ensemble: Lakshminarayanan et
al. 2017, "Simple and scalable predictive uncertainty estimation using deep ensembles"). On voices of an unknown corpus,
the heads make different mistakes, so their mean is right more often than each of them.
"""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt
from keras import Model, layers, ops

from ser_core.emotions import LABELS
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.training.settings import SER_WHISPER

N_BLOCKS = 2
N_HEADS = 4
WIDTH = 384
_N_ATTENTION_HEADS = 6
_N_MELS = WhisperFrontEnd().n_mels

# Names of layers that other modules look up. The first is the last layer of the trunk, also in ser_cnn.
STEPS = "steps"
NORMALISED = "normalised"
RELATIVE = "relative"
HEAD_LOGITS = "head_logits"

# Input values this close to that of silence count as silence. They differ from it only by rounding.
_SOUND_MARGIN = 1e-3


@keras.saving.register_keras_serializable(package="ser_core")
class Positions(layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Adds a vector to each time step, as transformers need to know the order of the steps."""

    def build(self, input_shape: tuple[int, ...]) -> None:
        """Create one vector for each step; ``input_shape`` is (batch, steps, channels)."""
        self.vectors = self.add_weight(shape=input_shape[1:], name="vectors")

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """Return the steps [shape=(b, steps, channels)] with their position added."""
        return x + self.vectors


def ser_whisper(input_shape: tuple[int, ...]) -> keras.Model:
    """Build the network, untrained and without the published weights.

    Parameters
    ----------
    input_shape : tuple of int
        Number of frames and bands: ``(300, 80)``.

    Returns
    -------
    keras.Model
        From windows of ``WhisperFrontEnd`` [shape=(b, frames, bands)] and references [shape=(b, 384)] to eight logits;
        4.8 million parameters, of which 0.7 million are trained.
    """
    window = layers.Input(input_shape, name="log_mel")
    reference = layers.Input((WIDTH,), name="reference")
    logits = _heads(_relative(_trunk(window), reference))
    return Model([window, reference], ops.mean(logits, axis=1), name=SER_WHISPER)


def _trunk(window: keras.KerasTensor) -> keras.KerasTensor:
    """Return the encoder's steps, one every 40 ms.

    A last channel is 1 where a step holds sound and 0 in the padding.
    """
    x = layers.Conv1D(WIDTH, 3, padding="same", activation="gelu", name="conv_1")(window)
    # Keras pads an even length only at its end; Whisper pads both ends.
    x = layers.ZeroPadding1D(1)(x)
    x = layers.Conv1D(WIDTH, 3, strides=2, activation="gelu", name="conv_2")(x)
    x = Positions(name="positions")(x)
    for number in range(N_BLOCKS):
        x = x + _attention(layers.LayerNormalization(epsilon=1e-5, name=f"attention_norm_{number}")(x), number)
        y = layers.LayerNormalization(epsilon=1e-5, name=f"mlp_norm_{number}")(x)
        y = layers.Dense(4 * WIDTH, activation="gelu", name=f"mlp_in_{number}")(y)
        x = x + layers.Dense(WIDTH, name=f"mlp_out_{number}")(y)
    # A step covers two frames.
    n_frames, n_mels = window.shape[1:]
    loudest = ops.max(layers.Reshape((n_frames // 2, 2 * n_mels))(window), axis=2, keepdims=True)
    is_sound = ops.cast(loudest > WhisperFrontEnd().silence + _SOUND_MARGIN, "float32")
    # Two steps become one: with one step every 40 ms, the head takes half the time and its UAR was no lower.
    sound = layers.AveragePooling1D(2)(is_sound)
    x = layers.AveragePooling1D(2)(x * is_sound) / ops.maximum(sound, 0.5)
    return layers.Concatenate(name=STEPS)([x, ops.cast(sound > 0.0, "float32")])


def _attention(x: keras.KerasTensor, number: int) -> keras.KerasTensor:
    """Return self-attention with six heads (Vaswani et al. 2017, "Attention is all you need", section 3.2)."""
    n_steps = x.shape[1]
    size = WIDTH // _N_ATTENTION_HEADS
    projected = layers.Dense(3 * WIDTH, name=f"attention_qkv_{number}")(x)
    query, key, value = (
        ops.transpose(layers.Reshape((n_steps, _N_ATTENTION_HEADS, size))(part), (0, 2, 1, 3))
        for part in ops.split(projected, 3, axis=-1)
    )
    weights = ops.softmax(ops.matmul(query * size**-0.5, ops.transpose(key, (0, 1, 3, 2))), axis=-1)
    mixed = layers.Reshape((n_steps, WIDTH))(ops.transpose(ops.matmul(weights, value), (0, 2, 1, 3)))
    return layers.Dense(WIDTH, name=f"attention_out_{number}")(mixed)


def _relative(steps: keras.KerasTensor, reference: keras.KerasTensor) -> keras.KerasTensor:
    """Return the steps, standardised, minus the reference, with the last channel unchanged."""
    normalised = layers.Normalization(name=NORMALISED)(steps[:, :, :WIDTH])
    return layers.Concatenate(name=RELATIVE)([normalised - ops.expand_dims(reference, 1), steps[:, :, WIDTH:]])


def _heads(relative: keras.KerasTensor) -> keras.KerasTensor:
    """Return the logits of each head [shape=(b, heads, 8)], from relative steps."""
    is_sound = relative[:, :, WIDTH:]
    # One dropout for all heads: the random numbers take as long as the rest of a head.
    x = layers.Dropout(0.3)(0.3 * relative[:, :, :WIDTH])
    pooled = [_pool(x, is_sound, number) for number in range(N_HEADS)]
    logits = [_classify(of_head, number) for number, of_head in enumerate(pooled)]
    return layers.Concatenate(axis=1, name=HEAD_LOGITS)(logits)


def _pool(x: keras.KerasTensor, is_sound: keras.KerasTensor, number: int) -> keras.KerasTensor:
    """Return the part of one head that describes a window: attentive statistics of its steps [shape=(b, 672)]."""
    wide = layers.Dropout(0.2)(layers.Dense(128, activation="relu", name=f"step_dense_{number}")(x))
    context = layers.Conv1D(96, 3, padding="same", activation="relu", name=f"context_{number}")(x)
    x = layers.Concatenate()([wide, context])

    # A bias would change nothing: the softmax does not depend on it.
    score = layers.Dense(1, use_bias=False)(layers.Dense(64, activation="tanh")(x))
    # Over the last axis: with the softmax over the middle axis of a masked score, the converter to LiteRT fails.
    attention = layers.Softmax(name=f"attention_{number}")(score[:, :, 0] + 1e4 * (is_sound[:, :, 0] - 1.0))
    attention = ops.expand_dims(attention, 2)
    mean = ops.sum(attention * x, axis=1)
    variance = ops.sum(attention * ops.square(x), axis=1) - ops.square(mean)
    largest = ops.max(x * is_sound, axis=1)
    return layers.Concatenate(name=f"pooled_{number}")([mean, ops.sqrt(ops.maximum(variance, 1e-5)), largest])


def _classify(pooled: keras.KerasTensor, number: int) -> keras.KerasTensor:
    """Return the logits of one head [shape=(b, 1, 8)]."""
    pooled = layers.Dropout(0.4)(layers.BatchNormalization(name=f"embedding_{number}")(pooled))
    return layers.Reshape((1, len(LABELS)))(layers.Dense(len(LABELS), name=f"logits_{number}")(pooled))


def whisper_trunk_and_head(network: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Split a ``ser_whisper`` into two networks that share its weights.

    Parameters
    ----------
    network : keras.Model
        A ``ser_whisper``.

    Returns
    -------
    keras.Model
        The trunk: from windows [shape=(w, frames, bands)] to steps [shape=(w, steps, 385)].
    keras.Model
        The heads: from relative steps [shape=(w, steps, 385)] to the logits of each head [shape=(w, heads, 8)].
    """
    relative = network.get_layer(RELATIVE).output
    trunk = Model(network.inputs[0], network.get_layer(STEPS).output, name="trunk")
    return trunk, Model(relative, network.get_layer(HEAD_LOGITS).output, name="heads")


def pooled_heads_of(network: keras.Model) -> keras.KerasTensor:
    """Return what the last layers of all heads read, one head after the other.

    Parameters
    ----------
    network : keras.Model
        A ``ser_whisper``.

    Returns
    -------
    tensor [shape=(b, 2688)]
    """
    return ops.concatenate([network.get_layer(f"pooled_{number}").output for number in range(N_HEADS)], axis=1)


def set_normalisation(
    network: keras.Model, mean: npt.NDArray[np.floating], deviation: npt.NDArray[np.floating]
) -> None:
    """Set the mean and the deviation with which the steps are standardised.

    Parameters
    ----------
    network : keras.Model
        A ``ser_whisper``; changed in place.
    mean, deviation : np.ndarray [shape=(384,)]
        Of the voices of the training clips.
    """
    normalisation = network.get_layer(NORMALISED)
    normalisation.set_weights([mean, np.square(deviation), np.int64(1)])
    normalisation.finalize_state()


def voice_of(network: keras.Model) -> keras.KerasTensor:
    """Return the network's description of the voice in a window: the mean of its normalised steps that hold sound.

    Parameters
    ----------
    network : keras.Model
        A ``ser_whisper``.

    Returns
    -------
    tensor [shape=(b, 384)]
        References are means of these.
    """
    is_sound = network.get_layer(STEPS).output[:, :, WIDTH:]
    # A window without any sound must not divide by zero.
    n_sound = ops.maximum(ops.sum(is_sound, axis=1), 1.0)
    return ops.sum(network.get_layer(NORMALISED).output * is_sound, axis=1) / n_sound
