"""What a network learns from, and one training from there to a network that can be served.

``protocol`` runs it over folds and splits; ``train_final`` over everything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import keras
import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA, fingerprint, scan
from ser_core.inference.front_end import LogMelFrontEnd, SummaryFrontEnd
from ser_core.training.augmentation import ROOMS_AND_TELEPHONES
from ser_core.training.embedded_clips import EmbeddedClips, embed
from ser_core.training.loop import TrainingSettings, train_network
from ser_core.training.networks import SEED_CNN, SER_CNN, build, trunk_and_head
from ser_core.training.pretrained import load_trunk
from ser_core.training.splits import Split
from ser_core.training.training_data import Clips, LogMelClips, prepare

log = logging.getLogger(__name__)

# EmoDB is the check on an unseen corpus: never trained on, never tuned on.
EVALUATION_ONLY = ("EmoDB",)

FRONT_END_OF = {SEED_CNN: SummaryFrontEnd(), SER_CNN: LogMelFrontEnd()}

# The original's network learns from the original's corpora; ours from all there is.
_CORPORA_OF = {SEED_CNN: KAGGLE_CORPORA}


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """What a network learns from, and the network before it has.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    clips : LogMelClips, EmbeddedClips or SummaryClips
        One entry a row.
    fingerprint : str
        Of the recordings.
    settings : TrainingSettings
        Of all trainings on it; with the hash of the weights that they start from.
    fresh : callable
        Builds the part of the network that is trained.
    whole : callable
        Makes the network that is served of a trained part.
    """

    table: pd.DataFrame
    clips: Clips
    fingerprint: str
    settings: TrainingSettings
    fresh: Callable[[], keras.Model]
    whole: Callable[[keras.Model], keras.Model]

    def train(self, split: Split, settings: TrainingSettings, run_dir: Path) -> tuple[keras.Model, Clips]:
        """Train on a split; return the trained part, and the clips as it is fed them.

        The settings may differ from the setup's in all but the network and what it starts from.
        """
        left_out = self.table["corpus"].iloc[split.train].isin(settings.left_out_corpora).to_numpy()
        split = replace(split, train=split.train[~left_out])
        clips = self.clips.fitted_to(split.train)
        if isinstance(clips, EmbeddedClips):
            clips = replace(
                clips, variants=clips.variants[: settings.n_augmented_copies], clean_share=settings.clean_share
            )
        return train_network(self.fresh, clips, self.table, split, settings, run_dir), clips


def load_training_setup(
    data_dir: Path, settings: TrainingSettings, cache_dir: Path, pretrained: Path | None = None
) -> TrainingSetup:
    """Read all recordings that a network may learn from.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its training.
    cache_dir : Path
        Where analysed clips are kept.
    pretrained : Path, optional
        Weights that ``ser_cnn`` starts from, as ``pretrained.load_trunk`` reads them; without, it is trained
        from scratch.
    """
    inventory = scan(data_dir)
    for skipped in inventory.skipped:
        log.info("left out, %s: %s", skipped.reason, skipped.path)
    table = inventory.table
    table = table[~table["corpus"].isin(EVALUATION_ONLY)]
    if settings.network in _CORPORA_OF:
        table = table[table["corpus"].isin(_CORPORA_OF[settings.network])]
    table = table.reset_index(drop=True)
    front_end = FRONT_END_OF[settings.network]
    clips, table = prepare(
        table, data_dir, front_end, cache_dir, ROOMS_AND_TELEPHONES if pretrained is not None else None
    )
    found = fingerprint(table, data_dir)

    def fresh() -> keras.Model:
        return build(settings.network, front_end.input_shape)

    if pretrained is None or not isinstance(clips, LogMelClips):
        return TrainingSetup(table, clips, found, settings, fresh, lambda trained: trained)

    first = fresh()
    settings = replace(settings, pretrained_sha256=load_trunk(first, pretrained))
    # The order of the rows decides whose numbers are whose.
    order = "\0".join(table["path"])
    embedded = embed(
        clips,
        trunk_and_head(first)[0],
        name=f"{found} {settings.pretrained_sha256} {order}",
        n_augmented_copies=settings.n_augmented_copies,
        seed=settings.seed,
        cache_dir=cache_dir,
    )

    def fresh_head() -> keras.Model:
        network = fresh()
        load_trunk(network, pretrained)
        return trunk_and_head(network)[1]

    def with_trunk(head: keras.Model) -> keras.Model:
        network = fresh()
        load_trunk(network, pretrained)
        trunk_and_head(network)[1].set_weights(head.get_weights())
        return network

    embedded = replace(embedded, clean_share=settings.clean_share)
    return TrainingSetup(table, embedded, found, settings, fresh_head, with_trunk)
