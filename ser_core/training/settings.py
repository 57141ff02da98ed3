"""Names of the networks, and the hyperparameters of one training run. Imports no Keras, so the command line can too."""

from __future__ import annotations

from dataclasses import dataclass

SEED_CNN = "seed_cnn"
SER_CNN = "ser_cnn"
SER_WHISPER = "ser_whisper"

# The largest number of draws per clip in one epoch, on average.
_MOST_DRAWS_PER_CLIP = 4


@dataclass(frozen=True)
class TrainingSettings:
    """Hyperparameters of one training run.

    Parameters
    ----------
    network : str
        A key of ``networks.NETWORKS``.
    seed : int
        Seed of the initial weights, of the order of the clips and of every augmentation.
    epochs : int
        Number of epochs.
    clips_per_epoch : int
        Clips drawn, with replacement, for one epoch; see ``steps_per_epoch`` for small training sets.
    batch_size : int
        Clips in one step.
    peak_learning_rate : float
        Learning rate after one epoch of warm-up. It then falls to zero along a cosine.
    weight_decay : float
        Weight decay of AdamW.
    label_smoothing : float
        Share of the target that is spread over the labels of the clip's corpus.
    mixup_alpha : float
        Parameter of the Beta distribution for mixup (Zhang et al. 2018, "mixup: beyond empirical risk minimization"); 0
        switches mixup off.
    mixup_share : float
        Share of the batches that are mixed.
    ema_momentum : float
        Momentum of the running average of the weights. The averaged weights are measured and kept.
    label_mask : bool
        Whether the loss leaves out the labels that the clip's corpus lacks.
    listeners_share : float
        Share of the target that comes from the votes of CREMA-D's listeners, instead of from the intended emotion.
    left_out_corpora : tuple of str
        Corpora that are not trained on.
    n_augmented_copies : int
        Number of augmented copies of each clip that go through a frozen trunk before the training.
    clean_share : float
        Probability that a clip is then drawn without augmentation. The frozen trunk was not trained on augmented clips:
        a lower value makes the network more robust and, on clean speech, a little worse.
    pretrained_sha256 : str or None
        SHA-256 of the file with the published weights that the network starts from; None for a training from scratch.
    """

    network: str
    seed: int = 0
    epochs: int = 8
    clips_per_epoch: int = 6144
    batch_size: int = 64
    peak_learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    label_smoothing: float = 0.02
    mixup_alpha: float = 0.1
    mixup_share: float = 1.0
    ema_momentum: float = 0.99
    label_mask: bool = True
    listeners_share: float = 0.0
    left_out_corpora: tuple[str, ...] = ()
    n_augmented_copies: int = 3
    clean_share: float = 0.7
    pretrained_sha256: str | None = None

    def steps_per_epoch(self, n_clips: int) -> int:
        """Return the number of steps in one epoch.

        A small training set has shorter epochs: each clip is drawn about four times at most. With 8,192 clips per
        epoch, this concerns training sets of fewer than 2,048 clips.

        Parameters
        ----------
        n_clips : int
            Number of clips in the training part.

        Returns
        -------
        int
            At least 1.
        """
        n_drawn = min(self.clips_per_epoch, _MOST_DRAWS_PER_CLIP * n_clips)
        return max(n_drawn // self.batch_size, 1)


# The original project's network is trained as in that project, without mixup and label smoothing. One thing differs:
# the clips are sampled in a balanced way.
DEFAULT_SETTINGS = {
    SEED_CNN: TrainingSettings(
        SEED_CNN,
        peak_learning_rate=1e-3,
        weight_decay=0.0,
        label_smoothing=0.0,
        mixup_alpha=0.0,
    ),
    SER_CNN: TrainingSettings(SER_CNN, epochs=28),
    SER_WHISPER: TrainingSettings(
        SER_WHISPER,
        epochs=4,
        clips_per_epoch=8192,
        peak_learning_rate=1.5e-3,
        label_smoothing=0.0,
        mixup_alpha=0.3,
        mixup_share=0.5,
        n_augmented_copies=2,
        clean_share=0.5,
    ),
}
