"""Ablations of a network's training: each part of the training is switched off in turn."""

from __future__ import annotations

from typing import Any

from ser_core.training.settings import SER_CNN

# Network -> name of the ablation -> settings that differ from the shipped network's.
TRAINING_ABLATIONS: dict[str, dict[str, dict[str, Any]]] = {
    SER_CNN: {
        "as shipped": {},
        "no varied copies": {"n_augmented_copies": 0},
        "no mixup": {"mixup_alpha": 0.0},
        "no label smoothing": {"label_smoothing": 0.0},
        "no label mask": {"label_mask": False},
        "no averaged weights": {"ema_momentum": 0.0},
        "no RAVDESS songs": {"left_out_corpora": ("RAVDESS song",)},
        "no other languages": {"left_out_corpora": ("nEMO", "EMOVO")},
        "no reconstructed CREMA-D": {"left_out_corpora": ("CREMA-D",)},
        "a third listeners' votes": {"listeners_share": 0.33},
        "another seed": {"seed": 1},
    }
}

# Ablations are compared after a short training.
ABLATION_EPOCHS = 4
