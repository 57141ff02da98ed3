"""Published weights in the network, and its frozen trunk."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from ser_core.errors import TrainingError
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.training.augmentation import Augmentation
from ser_core.training.clips import LogMelClips
from ser_core.training.embedded_clips import embed
from ser_core.training.networks import STEPS, build, trunk_and_head
from ser_core.training.pretrained import load_trunk
from ser_core.training.settings import SER_CNN

pytestmark = pytest.mark.tensorflow

FRONT_END = LogMelFrontEnd(window_frames=32, step_frames=8)


def published_arrays(seed: int = 0) -> dict[str, np.ndarray]:
    """Arrays shaped as the published ones, in PyTorch's order."""
    rng = np.random.default_rng(seed)
    arrays = {}
    for convolution, norm, n_in in ((0, 1, 1), (4, 5, 64), (8, 9, 64)):
        arrays[f"features.{convolution}.weight"] = rng.normal(0.0, 0.1, (64, n_in, 3, 3))
        arrays[f"features.{convolution}.bias"] = rng.normal(0.0, 0.1, 64)
        for name in ("weight", "bias", "running_mean"):
            arrays[f"features.{norm}.{name}"] = rng.normal(1.0, 0.1, 64)
        arrays[f"features.{norm}.running_var"] = rng.uniform(0.5, 1.5, 64)
    for dense in (0, 3):
        arrays[f"fc.{dense}.weight"] = rng.normal(0.0, 0.05, (512, 512))
        arrays[f"fc.{dense}.bias"] = rng.normal(0.0, 0.05, 512)
    return {name: array.astype(np.float32) for name, array in arrays.items()}


@pytest.fixture
def weights_file(tmp_path: Path) -> Path:
    np.savez(tmp_path / "published.npz", **published_arrays())
    return tmp_path / "published.npz"


@pytest.fixture
def network() -> keras.Model:
    return build(SER_CNN, FRONT_END.input_shape)


def first_block_of_pytorch(window: np.ndarray, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """Compute what PyTorch does for (frequency, time): 3 x 3 convolution, normalisation, ReLU, pooling by 2."""
    padded = np.pad(window.T, 1)
    patches = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    x = np.einsum("ftij,oij->oft", patches, arrays["features.0.weight"][:, 0])
    x += arrays["features.0.bias"][:, None, None]
    scale = arrays["features.1.weight"] / np.sqrt(arrays["features.1.running_var"] + 1e-5)
    x = (x - arrays["features.1.running_mean"][:, None, None]) * scale[:, None, None]
    x = np.maximum(x + arrays["features.1.bias"][:, None, None], 0.0)
    return x.reshape(64, x.shape[1] // 2, 2, x.shape[2] // 2, 2).max(axis=(2, 4))


def test_the_first_block_computes_the_same_as_in_pytorch(network: keras.Model, weights_file: Path) -> None:
    load_trunk(network, weights_file)
    window = np.random.default_rng(1).normal(size=FRONT_END.input_shape).astype(np.float32)
    first_pool = next(layer for layer in network.layers if isinstance(layer, keras.layers.MaxPooling2D))
    output = keras.Model(network.input, first_pool.output).predict(window[None], verbose=0)[0]
    expected = first_block_of_pytorch(window, published_arrays()).transpose(2, 1, 0)
    np.testing.assert_allclose(output, expected, rtol=1e-3, atol=1e-4)


def test_the_trunk_is_frozen_and_the_head_is_not(network: keras.Model, weights_file: Path) -> None:
    load_trunk(network, weights_file)
    trunk, head = trunk_and_head(network)
    assert not trunk.trainable_variables
    assert {layer.name for layer in network.layers if layer.trainable_variables} >= {"step_dense_1", "logits"}
    assert len(head.trainable_variables) == len(network.trainable_variables)


def test_trunk_and_head_together_compute_the_same_as_the_network(network: keras.Model) -> None:
    trunk, head = trunk_and_head(network)
    windows = np.random.default_rng(1).normal(size=(2, *FRONT_END.input_shape)).astype(np.float32)
    steps = trunk.predict(windows, verbose=0)
    assert steps.shape == (2, 4, 512) == (2, *network.get_layer(STEPS).output.shape[1:])
    np.testing.assert_allclose(head.predict(steps, verbose=0), network.predict(windows, verbose=0), atol=1e-5)


def test_other_weights_have_another_hash(network: keras.Model, weights_file: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "others.npz", **published_arrays(seed=1))
    first, again, other_hash = (
        load_trunk(network, file) for file in (weights_file, weights_file, tmp_path / "others.npz")
    )
    assert first == again != other_hash


@pytest.mark.parametrize("damage", ["missing", "text", "another network", "another shape", "pickled"])
def test_unusable_weights_are_an_error(damage: str, network: keras.Model, tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    arrays = published_arrays()
    if damage == "text":
        file.write_text("no weights")
    elif damage == "another network":
        np.savez(file, **{"conv.weight": arrays["fc.0.weight"]})
    elif damage == "another shape":
        np.savez(file, **{**arrays, "fc.3.weight": arrays["fc.3.weight"][:256]})
    elif damage == "pickled":
        np.savez(file, **{**arrays, "fc.3.bias": np.array([{}], dtype=object)})
    with pytest.raises(TrainingError, match="cannot be used"):
        load_trunk(network, file)


@pytest.fixture(scope="module")
def clips() -> LogMelClips:
    frames = np.random.default_rng(3).uniform(-60.0, 0.0, size=(20 + 75 + 31, 64)).astype(np.float16)
    return LogMelClips(FRONT_END, frames, np.array([0, 20, 95, 126]), Augmentation())


def test_embedded_windows_are_the_output_of_the_trunk(clips: LogMelClips, network: keras.Model, tmp_path: Path) -> None:
    trunk, _ = trunk_and_head(network)
    embedded = embed(clips, [clips, clips], trunk, cache_key="a", seed=0, cache_dir=tmp_path)
    for row in range(3):
        windows, embedded_windows = clips.windows(row), embedded.windows(row)
        np.testing.assert_allclose(
            embedded_windows.inputs, trunk.predict(windows.inputs, verbose=0), rtol=2e-3, atol=2e-3
        )
        np.testing.assert_array_equal(embedded_windows.start_s, windows.start_s)
    augmented = clips.training_input(1, np.random.default_rng([0, 1, 1]))
    expected = trunk.predict(augmented[None], verbose=0)[0]
    np.testing.assert_allclose(embedded.copies[1][1], expected, rtol=2e-3, atol=2e-3)


def test_a_training_input_is_an_augmented_copy_or_a_window_of_the_same_clip(
    clips: LogMelClips, network: keras.Model, tmp_path: Path
) -> None:
    trunk, _ = trunk_and_head(network)
    embedded = embed(clips, [clips, clips], trunk, cache_key="a", seed=0, cache_dir=tmp_path)
    candidates = [*(copy[1] for copy in embedded.copies), *embedded.windows(1).inputs]
    drawn_numbers = set()
    for seed in range(60):
        drawn = embedded.training_input(1, np.random.default_rng(seed))
        drawn_numbers.add(
            next(number for number, candidate in enumerate(candidates) if np.array_equal(candidate, drawn))
        )
    assert drawn_numbers == set(range(len(candidates)))
    assert len(embedded.windows(1).inputs) > 1


def test_nothing_is_embedded_twice(
    clips: LogMelClips, network: keras.Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trunk, _ = trunk_and_head(network)
    first = embed(clips, [clips], trunk, cache_key="a", seed=0, cache_dir=tmp_path)
    monkeypatch.setattr(trunk, "predict_on_batch", lambda _: pytest.fail("embedded again"))
    again = embed(clips, [clips], trunk, cache_key="a", seed=0, cache_dir=tmp_path)
    np.testing.assert_array_equal(again.copies[0], first.copies[0])
    for changes in ({"cache_key": "b", "seed": 0}, {"cache_key": "a", "seed": 1}):
        with pytest.raises(pytest.fail.Exception):
            embed(clips, [clips], trunk, cache_dir=tmp_path, **changes)
