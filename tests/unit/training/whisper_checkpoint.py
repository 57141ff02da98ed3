"""A checkpoint with the names and shapes of Whisper tiny.en, and random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from ser_core.training.whisper_weights import convert_checkpoint


def random_checkpoint(width: int = 384) -> dict[str, np.ndarray]:
    """Return the arrays of the encoder's lower part; 4 million numbers for the real width."""
    rng = np.random.default_rng(0)

    def weights(*shape: int) -> np.ndarray:
        return (0.05 * rng.standard_normal(shape)).astype(np.float32)

    arrays = {
        "conv1.weight": weights(width, 80, 3),
        "conv1.bias": weights(width),
        "conv2.weight": weights(width, width, 3),
        "conv2.bias": weights(width),
        "embed_positions.weight": weights(400, width),
    }
    for number in range(2):
        block = {
            **{f"self_attn.{part}_proj.weight": weights(width, width) for part in ("q", "k", "v", "out")},
            **{f"self_attn.{part}_proj.bias": weights(width) for part in ("q", "v", "out")},
            **{f"{norm}.weight": 1.0 + weights(width) for norm in ("self_attn_layer_norm", "final_layer_norm")},
            **{f"{norm}.bias": weights(width) for norm in ("self_attn_layer_norm", "final_layer_norm")},
            "fc1.weight": weights(4 * width, width),
            "fc1.bias": weights(4 * width),
            "fc2.weight": weights(width, 4 * width),
            "fc2.bias": weights(width),
        }
        arrays |= {f"layers.{number}.{name}": array for name, array in block.items()}
    return {f"model.encoder.{name}": array for name, array in arrays.items()}


def write_whisper_weights(folder: Path) -> Path:
    """Write random weights to start from, through the conversion of a checkpoint."""
    save_file(random_checkpoint(), folder / "model.safetensors")
    convert_checkpoint(folder / "model.safetensors", folder / "whisper.npz")
    return folder / "whisper.npz"
