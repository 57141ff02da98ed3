"""Everything that the trainings of one network share: the recordings, the settings, and how the network is built.

``evaluation.experiment`` trains with it on folds and splits; ``evaluation.final_training`` on all recordings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import keras

from ser_core.corpora import scan
from ser_core.corpora.own_labels import Labels
from ser_core.errors import TrainingError
from ser_core.inference.front_end import FrontEnd
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.training.augmentation import ROOMS_AND_TELEPHONES
from ser_core.training.clips import Clips, LogMelClips, PlainClips
from ser_core.training.data_identity import DataIdentity
from ser_core.training.embedded_clips import EmbeddedClips, embed
from ser_core.training.loop import train_network
from ser_core.training.networks import build, trunk_and_head
from ser_core.training.pretrained import load_trunk, weights_sha256
from ser_core.training.recording_conditions import ConditionSettings
from ser_core.training.recordings import training_recordings
from ser_core.training.referenced_clips import ReferencedClips
from ser_core.training.settings import SEED_CNN, SER_CNN, SER_WHISPER, TrainingSettings
from ser_core.training.splits import Split
from ser_core.training.training_data import TrainingData, prepare_clips, prepare_copy
from ser_core.training.whisper_network import set_normalisation, whisper_trunk_and_head
from ser_core.training.whisper_weights import load_whisper_trunk

log = logging.getLogger(__name__)

FRONT_END_OF: dict[str, FrontEnd] = {
    SEED_CNN: SummaryFrontEnd(),
    SER_CNN: LogMelFrontEnd(),
    SER_WHISPER: WhisperFrontEnd(),
}


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """The recordings, and the network before training.

    Parameters
    ----------
    data : TrainingData
        The recordings.
    settings : TrainingSettings
        Hyperparameters, with the hash of the weights that the network starts from.
    build_trainable : callable
        Builds the trainable part of the network: the head on a frozen trunk, or the whole network.
    attach_trunk : callable
        Returns the whole network, for serving, from the trained part and the clips that it was trained on.
    """

    data: TrainingData
    settings: TrainingSettings
    build_trainable: Callable[[], keras.Model]
    attach_trunk: Callable[[keras.Model, Clips], keras.Model]

    def fit_data(self, split: Split, settings: TrainingSettings) -> tuple[TrainingData, Split]:
        """Return the recordings as one training uses them.

        Parameters
        ----------
        split : Split
            Training and test part.
        settings : TrainingSettings
            Hyperparameters; see ``train``.

        Returns
        -------
        TrainingData
            The clips are fitted to the training part.
        Split
            Without the corpora that the settings leave out of the training.
        """
        is_left_out = self.data.table["corpus"].iloc[split.train].isin(settings.left_out_corpora).to_numpy()
        split = replace(split, train=split.train[~is_left_out])
        clips = self.data.clips.fitted_to(split.train)
        if isinstance(clips, EmbeddedClips | ReferencedClips):
            clips = clips.limited_to(settings.n_augmented_copies, settings.clean_share)
        return replace(self.data, clips=clips), split

    def train(self, split: Split, settings: TrainingSettings, run_dir: Path) -> tuple[keras.Model, Clips]:
        """Train on a split.

        Parameters
        ----------
        split : Split
            Training and test part.
        settings : TrainingSettings
            Hyperparameters. They may differ from the setup's, but not in the network and its initial weights.
        run_dir : Path
            Folder of the checkpoint and the log.

        Returns
        -------
        keras.Model
            The trained part.
        Clips
            The clips as input of that part.
        """
        data, split = self.fit_data(split, settings)
        return train_network(self.build_trainable, data, split, settings, run_dir), data.clips


def load_training_setup(
    data_dir: Path,
    settings: TrainingSettings,
    cache_dir: Path,
    pretrained: Path | None = None,
    labels: Labels | None = None,
) -> TrainingSetup:
    """Read all recordings that a network may be trained on.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its hyperparameters.
    cache_dir : Path
        Folder for cached clips.
    pretrained : Path, optional
        Published weights to start from: for ``ser_cnn`` as ``pretrained.load_trunk`` reads them, for ``ser_whisper`` as
        ``whisper_weights.load_whisper_trunk`` reads them. Without, ``ser_cnn`` is trained from scratch.
    labels : Labels, optional
        How the labels of a user's own recordings are read; see ``corpora.scan``.

    Returns
    -------
    TrainingSetup

    Raises
    ------
    CorpusError
        If the folder holds no usable recording.
    TrainingError
        If no recording could be read, or the weights cannot be used.
    """
    inventory = scan(data_dir, labels)
    for skipped in inventory.skipped:
        log.info("left out, %s: %s", skipped.reason, skipped.path)
    front_end = FRONT_END_OF[settings.network]
    clips, table = prepare_clips(
        training_recordings(inventory.table, settings.network),
        data_dir,
        front_end,
        cache_dir,
        augmentation=ROOMS_AND_TELEPHONES if pretrained is not None else None,
    )
    data = TrainingData(table, clips, DataIdentity.of_table(table, data_dir))
    if isinstance(clips, PlainClips):
        return _whisper_setup(data, clips, settings, data_dir, cache_dir, pretrained)

    def build_network() -> keras.Model:
        return build(settings.network, front_end.input_shape)

    if pretrained is None or not isinstance(clips, LogMelClips):
        return TrainingSetup(data, settings, build_network, attach_trunk=lambda network, _: network)
    return _setup_on_frozen_trunk(data, clips, settings, build_network, cache_dir, pretrained)


def _setup_on_frozen_trunk(
    data: TrainingData,
    clips: LogMelClips,
    settings: TrainingSettings,
    build_network: Callable[[], keras.Model],
    cache_dir: Path,
    pretrained: Path,
) -> TrainingSetup:
    """Return a setup that trains only the head, on clips that went through the frozen trunk before the training."""
    network = build_network()
    settings = replace(settings, pretrained_sha256=load_trunk(network, pretrained))
    embedded = embed(
        clips,
        [clips] * settings.n_augmented_copies,
        trunk_and_head(network)[0],
        cache_key=data.identity.cache_key(f"{settings.pretrained_sha256}"),
        seed=settings.seed,
        cache_dir=cache_dir,
    )

    def build_head() -> keras.Model:
        network = build_network()
        load_trunk(network, pretrained)
        return trunk_and_head(network)[1]

    def attach_trunk(head: keras.Model, _: Clips) -> keras.Model:
        network = build_network()
        load_trunk(network, pretrained)
        trunk_and_head(network)[1].set_weights(head.get_weights())
        return network

    clips_of_head = replace(embedded, clean_share=settings.clean_share)
    return TrainingSetup(replace(data, clips=clips_of_head), settings, build_head, attach_trunk)


def _whisper_setup(
    data: TrainingData,
    clips: PlainClips,
    settings: TrainingSettings,
    data_dir: Path,
    cache_dir: Path,
    pretrained: Path | None,
) -> TrainingSetup:
    """Return a setup that trains the head of ``ser_whisper``, on clips relative to other clips of the same voice."""
    if pretrained is None:
        raise TrainingError(
            f"{settings.network} needs published weights to start from",
            expected="the option --pretrained with the first blocks of the encoder of Whisper tiny.en",
            advice="Make the file with the command convert-whisper",
        )

    def build_network() -> keras.Model:
        network = build(settings.network, clips.front_end.input_shape)
        load_whisper_trunk(network, pretrained)
        return network

    settings = replace(settings, pretrained_sha256=weights_sha256(pretrained))
    copies = [
        prepare_copy(
            data.table, data_dir, clips.front_end, cache_dir, ConditionSettings(), seed=settings.seed, copy=copy
        )
        for copy in range(settings.n_augmented_copies)
    ]
    embedded = embed(
        clips,
        copies,
        whisper_trunk_and_head(build_network())[0],
        cache_key=data.identity.cache_key(f"{settings.pretrained_sha256}"),
        seed=settings.seed,
        cache_dir=cache_dir,
    )

    def attach_trunk(head: keras.Model, clips: Clips) -> keras.Model:
        assert isinstance(clips, ReferencedClips)
        network = build_network()
        whisper_trunk_and_head(network)[1].set_weights(head.get_weights())
        set_normalisation(network, clips.mean, clips.deviation)
        return network

    return TrainingSetup(
        replace(data, clips=ReferencedClips.of(embedded, data.table)),
        settings,
        build_trainable=lambda: whisper_trunk_and_head(build_network())[1],
        attach_trunk=attach_trunk,
    )
