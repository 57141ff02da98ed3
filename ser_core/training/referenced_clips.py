"""Training clips of ``ser_whisper``: the trunk's steps, relative to other clips of the same voice.

The head is trained for use with and without a voice profile. So each training input is relative to the mean of a random
number of other clips of the same speaker, or to none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.inference.windows import Windows
from ser_core.labels import label_indices
from ser_core.training.embedded_clips import EmbeddedClips

Steps = npt.NDArray[np.float32]

_SMALLEST_DEVIATION = 1e-3


@dataclass(frozen=True)
class ReferenceSettings:
    """How references are drawn in training.

    Parameters
    ----------
    none_share : float
        Share of the training inputs without a reference.
    most_clips : int
        Largest number of other clips in a reference.
    one_mood_share : float
        Share of the references whose clips all have the same emotion, because some visitors record only one mood.
    """

    none_share: float = 1.0 / 3.0
    most_clips: int = 30
    one_mood_share: float = 0.3


@dataclass(frozen=True, eq=False)
class ReferencedClips:
    """All clips after the trunk, with the other clips of each voice; implements ``Clips``.

    Parameters
    ----------
    embedded : EmbeddedClips
        The clips after the trunk. The last channel of a step is 1 where it holds sound.
    voices : np.ndarray [shape=(1 + copies, n, channels - 1)]
        Mean of each clip's steps that hold sound: without augmentation, then of each augmented copy.
    speakers : np.ndarray [shape=(n,), dtype=object]
        The speaker of each clip; None if unknown.
    emotions : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    settings : ReferenceSettings
        How references are drawn.
    mean, deviation : np.ndarray [shape=(channels - 1,)]
        Of the voices of the training part.
    rows_of_voice : dict
        Rows of the training part by speaker.
    """

    embedded: EmbeddedClips
    voices: npt.NDArray[np.float32]
    speakers: npt.NDArray[np.object_]
    emotions: npt.NDArray[np.integer]
    settings: ReferenceSettings = ReferenceSettings()
    mean: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    deviation: npt.NDArray[np.float32] = field(default_factory=lambda: np.ones(0, np.float32))
    rows_of_voice: dict[str, npt.NDArray[np.integer]] = field(default_factory=dict)

    @classmethod
    def of(cls, embedded: EmbeddedClips, table: pd.DataFrame) -> ReferencedClips:
        """Return the clips of a corpus table, not yet fitted to a training part.

        Parameters
        ----------
        embedded : EmbeddedClips
            The clips after the trunk.
        table : pd.DataFrame
            The corpus table; its rows are those of ``embedded``.
        """
        n_clips = len(table)
        clean = (
            embedded.clean_windows[embedded.starts[row] : embedded.starts[row + 1]].reshape(-1, embedded.n_channels)
            for row in range(n_clips)
        )
        voices = [np.stack([_voice(steps) for steps in clean])]
        voices += [np.stack([_voice(steps) for steps in copy]) for copy in embedded.copies]
        speakers = table["speaker"].astype(object).where(table["speaker"].notna(), None).to_numpy()
        return cls(embedded, np.stack(voices), speakers, label_indices(table["emotion"]))

    @property
    def front_end(self) -> LogMelFrontEnd | WhisperFrontEnd:
        """The front end of the trunk."""
        return self.embedded.front_end

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> ReferencedClips:
        """Return the clips standardised with the voices of some rows, and with references from these rows alone."""
        voices = self.voices[0, rows]
        speakers = pd.Series(self.speakers[rows], index=rows).dropna()
        return replace(
            self,
            mean=voices.mean(axis=0),
            deviation=np.maximum(voices.std(axis=0), _SMALLEST_DEVIATION),
            rows_of_voice={str(name): group.index.to_numpy() for name, group in speakers.groupby(speakers)},
        )

    def limited_to(self, n_augmented_copies: int, clean_share: float) -> ReferencedClips:
        """Return the clips with fewer augmented copies, or with another share of clips without augmentation."""
        return replace(self, embedded=self.embedded.limited_to(n_augmented_copies, clean_share))

    def training_input(self, row: int, rng: np.random.Generator) -> Steps:
        """Return one copy of a clip relative to a random reference of its voice; see ``Clips``."""
        copy, steps = self.embedded.draw(row, rng)
        return self._relative(steps, self._random_reference(row, copy, rng))

    def windows(self, row: int) -> Windows:
        """Return all windows of one clip without a reference; see ``Clips``."""
        return self.windows_against(row, None)

    def windows_against(self, row: int, profile: VoiceProfile | None) -> Windows:
        """Return all windows of one clip relative to a profile.

        Parameters
        ----------
        row : int
            Row of the corpus table.
        profile : VoiceProfile or None
            As ``profile_of`` returns it.

        Returns
        -------
        Windows
        """
        windows = self.embedded.windows(row)
        reference = None if profile is None else profile.reference()
        return replace(windows, inputs=self._relative(windows.inputs, reference))

    def profile_of(self, rows: npt.NDArray[np.integer], copy: int = 0) -> VoiceProfile:
        """Return the profile of some clips, which should be of one voice.

        Parameters
        ----------
        rows : np.ndarray [shape=(n,), dtype=int]
            Rows of the corpus table; at least one.
        copy : int
            0 for the clips without augmentation, else the number of the augmented copy.
        """
        return VoiceProfile.of(*(self.voices[copy, rows] - self.mean) / self.deviation)

    def description(self) -> dict[str, Any]:
        """Return the parameters of the clips and of the references; see ``Clips``."""
        return {**self.embedded.description(), "references": vars(self.settings)}

    def _relative(self, steps: Steps, reference: npt.NDArray[np.float32] | None) -> Steps:
        relative = np.concatenate([(steps[..., :-1] - self.mean) / self.deviation, steps[..., -1:]], axis=-1)
        if reference is not None:
            relative[..., :-1] -= reference
        return relative

    def _random_reference(self, row: int, copy: int, rng: np.random.Generator) -> npt.NDArray[np.float32] | None:
        speaker = self.speakers[row]
        if speaker is None or rng.random() < self.settings.none_share:
            return None
        candidates = self.rows_of_voice[speaker]
        if rng.random() < self.settings.one_mood_share:
            candidates = candidates[self.emotions[candidates] == self.emotions[rng.choice(candidates)]]
        candidates = candidates[candidates != row]
        n_clips = min(int(rng.integers(1, self.settings.most_clips + 1)), len(candidates))
        if not n_clips:
            return None
        return self.profile_of(rng.choice(candidates, n_clips, replace=False), copy).reference()


def _voice(steps: npt.NDArray[np.floating]) -> Steps:
    """Return the mean of the steps [shape=(t, channels)] that hold sound, without the last channel."""
    is_sound = steps[:, -1].astype(np.float32)
    voice: Steps = (is_sound @ steps[:, :-1].astype(np.float32)) / max(float(is_sound.sum()), 1.0)
    return voice
