"""``ser_whisper``: its trunk computes what Whisper does, and its head reads a voice relative to a reference."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest
from safetensors.numpy import save_file
from scipy.special import erf, softmax

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.errors import TrainingError
from ser_core.inference.litert_network import EMBEDDING, LOGITS, VOICE, LiteRTNetwork
from ser_core.inference.model_files import LITERT_NAME
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.thresholds import Calibration
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.training.export import KERAS_NAME, export_network
from ser_core.training.whisper_network import N_HEADS, ser_whisper, set_normalisation, whisper_trunk_and_head
from ser_core.training.whisper_weights import convert_checkpoint, load_whisper_trunk
from tests.unit.training.whisper_checkpoint import random_checkpoint, write_whisper_weights

pytestmark = [pytest.mark.tensorflow, pytest.mark.timeout(300)]

FRONT_END = WhisperFrontEnd()
N_PADDING = 100
N_SOUND = 75 - N_PADDING // 4


@pytest.fixture(scope="module")
def weights_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_whisper_weights(tmp_path_factory.mktemp("whisper"))


@pytest.fixture(scope="module")
def network(weights_file: Path) -> keras.Model:
    network = ser_whisper(FRONT_END.input_shape)
    load_whisper_trunk(network, weights_file)
    rng = np.random.default_rng(1)
    set_normalisation(network, rng.normal(size=384), rng.uniform(0.5, 2.0, size=384))
    return network


@pytest.fixture(scope="module")
def exported(network: keras.Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the network as it is served."""
    folder = tmp_path_factory.mktemp("exported")
    calibration = Calibration(1.5, 0.6, set_threshold=0.1)
    export_network(network, FRONT_END, calibration=calibration, profile_calibration=None, training={}, out_dir=folder)
    return folder


@pytest.fixture(scope="module")
def litert(exported: Path) -> LiteRTNetwork:
    return LiteRTNetwork((exported / LITERT_NAME).read_bytes(), FRONT_END.input_shape)


@pytest.fixture(scope="module")
def window() -> np.ndarray:
    """A window whose last second is padding."""
    window = np.random.default_rng(2).uniform(-0.5, 1.3, FRONT_END.input_shape).astype(np.float32)
    window[-N_PADDING:] = FRONT_END.silence
    return window


def encode(arrays: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
    """Compute the encoder's first two blocks with NumPy, as Radford et al. (2022) describe them."""

    def gelu(x: np.ndarray) -> np.ndarray:
        return 0.5 * x * (1.0 + erf(x / np.sqrt(2.0)))

    def convolve(x: np.ndarray, name: str, stride: int) -> np.ndarray:
        kernel, bias = arrays[f"{name}.weight"], arrays[f"{name}.bias"]
        padded = np.pad(x, ((1, 1), (0, 0)))
        starts = range(0, len(padded) - 2, stride)
        return gelu(np.stack([np.einsum("oit,ti->o", kernel, padded[start : start + 3]) for start in starts]) + bias)

    def normalise(x: np.ndarray, name: str) -> np.ndarray:
        standardised = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
        return standardised * arrays[f"{name}.weight"] + arrays[f"{name}.bias"]

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return x @ arrays[f"{name}.weight"].T + arrays.get(f"{name}.bias", 0.0)

    x = convolve(convolve(window, "model.encoder.conv1", 1), "model.encoder.conv2", 2)
    x = x + arrays["model.encoder.embed_positions.weight"][: len(x)]
    for number in range(2):
        block = f"model.encoder.layers.{number}"
        y = normalise(x, f"{block}.self_attn_layer_norm")
        query, key, value = (
            dense(y, f"{block}.self_attn.{part}_proj").reshape(len(y), 6, 64).transpose(1, 0, 2) for part in "qkv"
        )
        mixed = softmax(query @ key.transpose(0, 2, 1) / 8.0, axis=-1) @ value
        x = x + dense(mixed.transpose(1, 0, 2).reshape(len(y), -1), f"{block}.self_attn.out_proj")
        y = gelu(dense(normalise(x, f"{block}.final_layer_norm"), f"{block}.fc1"))
        x = x + dense(y, f"{block}.fc2")
    return x


def test_the_trunk_computes_the_published_encoder(network: keras.Model, window: np.ndarray) -> None:
    trunk, _ = whisper_trunk_and_head(network)
    steps = trunk.predict(window[None], verbose=0)[0]
    # The weights are kept in half precision.
    expected = encode(random_checkpoint(), window).reshape(75, 2, 384).mean(axis=1)
    np.testing.assert_allclose(steps[:N_SOUND, :-1], expected[:N_SOUND], atol=2e-2)
    np.testing.assert_array_equal(steps[:, -1], np.arange(75) < N_SOUND)


def test_only_the_heads_are_trained(network: keras.Model) -> None:
    trained = sum(int(np.prod(weight.shape)) for weight in network.trainable_weights)
    assert 0.6e6 < trained < 0.8e6 < 4e6 < network.count_params()


def test_the_network_averages_heads_that_differ(network: keras.Model, window: np.ndarray) -> None:
    trunk, heads = whisper_trunk_and_head(network)
    mean, variance, _ = network.get_layer("normalised").get_weights()
    steps = trunk.predict(window[None], verbose=0)
    steps[..., :-1] = (steps[..., :-1] - mean) / np.sqrt(variance)
    logits = heads.predict(steps, verbose=0)[0]
    assert logits.shape == (N_HEADS, 8)
    assert np.ptp(logits, axis=0).min() > 1e-3
    served = network.predict([window[None], np.zeros((1, 384), np.float32)], verbose=0)[0]
    np.testing.assert_allclose(served, logits.mean(axis=0), atol=1e-4)


def test_the_padding_has_no_influence_on_the_head(network: keras.Model, window: np.ndarray) -> None:
    trunk, head = whisper_trunk_and_head(network)
    steps = trunk.predict(window[None], verbose=0)
    changed = steps.copy()
    # The convolution over three steps reads one step of the padding.
    changed[0, N_SOUND + 1 :, :-1] += 10.0
    np.testing.assert_allclose(head.predict(changed, verbose=0), head.predict(steps, verbose=0), atol=1e-5)


def test_the_served_network_computes_logits_embedding_and_voice(
    network: keras.Model, litert: LiteRTNetwork, window: np.ndarray
) -> None:
    reference = np.random.default_rng(3).normal(size=384).astype(np.float32)
    logits, embedding, voice = litert.run(window[None], LOGITS, EMBEDDING, VOICE, reference=reference)
    expected = network.predict([window[None], reference[None]], verbose=0)
    # Weights of eight bits.
    assert np.corrcoef(logits[0], expected[0])[0, 1] > 0.99
    assert embedding.shape == (1, N_HEADS * 3 * (128 + 96))
    # The voice does not depend on the reference, the logits do.
    without_reference, same_voice = litert.run(window[None], LOGITS, VOICE)
    np.testing.assert_array_equal(same_voice, voice)
    assert np.abs(without_reference - logits).max() > 1e-3


def test_the_voice_is_the_mean_of_the_normalised_steps_that_hold_sound(
    network: keras.Model, litert: LiteRTNetwork, window: np.ndarray
) -> None:
    trunk, _ = whisper_trunk_and_head(network)
    steps = trunk.predict(window[None], verbose=0)[0]
    mean, variance, _ = network.get_layer("normalised").get_weights()
    expected = ((steps[:N_SOUND, :-1] - mean) / np.sqrt(variance)).mean(axis=0)
    (voice,) = litert.run(window[None], VOICE)
    assert np.corrcoef(voice[0], expected)[0, 1] > 0.999


def test_an_exported_network_is_served_with_and_without_a_profile(network: keras.Model, exported: Path) -> None:
    # Published weights of 16 bits are compressed.
    assert (exported / KERAS_NAME).stat().st_size < 0.75 * 4 * network.count_params()
    recognizer = Recognizer(exported)
    rng = np.random.default_rng(4)
    audio = from_samples(rng.normal(0.0, 0.1, 2 * SAMPLE_RATE_HZ).astype(np.float32), SAMPLE_RATE_HZ)
    alone = recognizer.predict(audio)
    # The weights of eight bits change little.
    window = recognizer.front_end.windows(audio).inputs[:1]
    expected = network.predict([window, np.zeros((1, 384), np.float32)], verbose=0)
    np.testing.assert_allclose(alone.logits, expected[0], atol=0.05 * np.ptp(expected))
    assert alone.profile is None
    assert alone.voice is not None
    profile = VoiceProfile.of(alone.voice + 1.0)
    compared = recognizer.predict(audio, profile)
    assert compared.profile is profile
    assert np.abs(compared.logits - alone.logits).max() > 1e-3
    np.testing.assert_allclose(compared.voice, alone.voice)


def test_a_long_clip_is_compared_with_itself(exported: Path) -> None:
    rng = np.random.default_rng(5)
    audio = from_samples(rng.normal(0.0, 0.1, 16 * SAMPLE_RATE_HZ).astype(np.float32), SAMPLE_RATE_HZ)
    prediction = Recognizer(exported).predict(audio)
    assert prediction.profile is not None
    # Five windows of three seconds that do not overlap.
    assert prediction.profile.n_clips == 5.0


def test_other_files_are_not_weights(tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_bytes(b"no archive")
    with pytest.raises(TrainingError, match="weights"):
        load_whisper_trunk(ser_whisper(FRONT_END.input_shape), tmp_path / "weights.npz")


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    save_file(random_checkpoint(width=64), tmp_path / "model.safetensors")
    with pytest.raises(TrainingError, match="64 channels"):
        convert_checkpoint(tmp_path / "model.safetensors", tmp_path / "weights.npz")
    (tmp_path / "other.safetensors").write_bytes(b"no checkpoint")
    with pytest.raises(TrainingError, match="checkpoint"):
        convert_checkpoint(tmp_path / "other.safetensors", tmp_path / "weights.npz")
    assert not (tmp_path / "weights.npz").exists()
