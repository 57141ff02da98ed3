"""A network and recordings so small that a training takes seconds."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd

from ser_core.emotions import LABELS
from ser_core.features.spectrum import db_under_peak, from_db
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.training.augmentation import Augmentation
from ser_core.training.clips import LogMelClips
from ser_core.training.data_identity import DataIdentity, hash_rows
from ser_core.training.settings import TrainingSettings
from ser_core.training.splits import Split
from ser_core.training.training_data import TrainingData

FRONT_END = LogMelFrontEnd(n_mels=16, window_frames=32, step_frames=16)
SETTINGS = TrainingSettings(
    "tiny", seed=3, epochs=4, clips_per_epoch=256, batch_size=16, peak_learning_rate=0.02, ema_momentum=0.8
)
N_SPEAKERS, CLIPS_PER_SPEAKER, FRAMES_PER_CLIP = 4, 24, 20
N_CLIPS = N_SPEAKERS * CLIPS_PER_SPEAKER

# Trained on three speakers, tested on the fourth.
SPLIT = Split(train=np.arange(72), test=np.arange(72, N_CLIPS))


def build_tiny_network() -> keras.Model:
    """Build a network with every kind of state that ours have: batch statistics, dropout, an optimiser's."""
    layers = keras.layers
    stack = [layers.Input(FRONT_END.input_shape), layers.Conv1D(16, 3, use_bias=False)]
    stack += [layers.BatchNormalization(momentum=0.8), layers.Activation("relu")]
    stack += [layers.GlobalAveragePooling1D(), layers.Dropout(0.2), layers.Dense(len(LABELS))]
    return keras.Sequential(stack, name="tiny")


def table_of(corpus: str, emotions: list[str], speakers: list[str]) -> pd.DataFrame:
    """Return a corpus table with one row per emotion and speaker."""
    paths = [f"{corpus}/{number}.wav" for number in range(len(emotions))]
    return pd.DataFrame({"path": paths, "corpus": corpus, "speaker": speakers, "emotion": emotions})


def noise_clips() -> LogMelClips:
    """Return clips of noise in which each emotion has two louder bands.

    They are louder only in the middle of the clip, because the front end subtracts what is steady.
    """
    rng = np.random.default_rng(5)
    frames = rng.normal(-40.0, 4.0, size=(N_CLIPS * FRAMES_PER_CLIP, FRONT_END.n_mels))
    for clip in range(N_CLIPS):
        emotion = clip % len(LABELS)
        levels = frames[clip * FRAMES_PER_CLIP : (clip + 1) * FRAMES_PER_CLIP]
        levels[5:15, 2 * emotion : 2 * emotion + 2] += 25.0
        levels[:] = db_under_peak(FRONT_END.subtract_noise(from_db(levels)), FRONT_END.floor_db)
    starts = np.arange(N_CLIPS + 1) * FRAMES_PER_CLIP
    return LogMelClips(FRONT_END, frames.astype(np.float16), starts, Augmentation(vocal_tract=0.01))


def tiny_data() -> TrainingData:
    """Return four RAVDESS speakers with all emotions; the recordings are ``noise_clips``."""
    emotions = [LABELS[clip % len(LABELS)] for clip in range(N_CLIPS)]
    speakers = [f"RAVDESS-{1 + clip // CLIPS_PER_SPEAKER:02d}" for clip in range(N_CLIPS)]
    table = table_of("RAVDESS", emotions, speakers)
    return TrainingData(table, noise_clips(), DataIdentity("fingerprint", hash_rows(table)))
