"""The recogniser: it predicts the emotion of a clip. The pages, the command line and the evaluation all use it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_core.audio.loading import Audio, require_audio
from ser_core.emotions import LABELS
from ser_core.inference.calibration import likely_set, pool_windows, probabilities
from ser_core.inference.front_end import FrontEnd, from_config
from ser_core.inference.litert_network import EMBEDDING, LOGITS, VOICE, LiteRTNetwork
from ser_core.inference.model_files import read_model
from ser_core.inference.speech_detector import read_speech_detector
from ser_core.inference.thresholds import Calibration
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.inference.windows import Windows
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR

if TYPE_CHECKING:
    from ser_core.inference.many import Outcome, Source

DEFAULT_MODEL_DIR = MODELS_DIR / DEFAULT_NETWORK

# Longer clips get a timeline.
TIMELINE_FROM_S = 3.0

# Longer clips are compared with themselves: with fewer windows, the reference would be mostly the window itself.
OWN_PROFILE_FROM_S = 15.0

# A window with a smaller share of sound is a gap in the timeline.
_MIN_SOUND_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class Timeline:
    """Probabilities over time, for a longer clip.

    Parameters
    ----------
    start_s, end_s : np.ndarray [shape=(w,)]
        Start and end of each window in the clip, in seconds; windows overlap.
    probabilities : np.ndarray [shape=(w, 8)]
        In the order of ``LABELS``; NaN where a window is mostly pause.
    """

    start_s: np.ndarray
    end_s: np.ndarray
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Prediction:
    """The network's output for a clip.

    Parameters
    ----------
    emotion : str
        The label with the highest probability.
    logits : np.ndarray [shape=(8,)]
        The clip's logits before calibration, in the order of ``LABELS``.
    shares : np.ndarray [shape=(8,)]
        The calibrated probabilities, in the order of ``LABELS``; their sum is 1.
    calibration : Calibration
        The parameters with which the probabilities were computed from the logits.
    unsure : bool
        True where the highest probability is under the confidence threshold: too low to be right three times in four.
    likely : tuple of str
        The emotions that are possible, the likeliest first: only ``emotion`` if the prediction is sure, else at least
        two (``calibration.likely_set``).
    timeline : Timeline or None
        For clips longer than three seconds. It has a single window where the clip has so many pauses that all its
        sound fits into three seconds.
    speech_probability : float or None
        Probability that the clip is speech and not music, tones or noise; None where no speech detector was asked.
    voice : np.ndarray [shape=(n,)] or None
        How the voice sounds in this clip, for a ``VoiceProfile``; None for a network that takes no profile.
    profile : VoiceProfile or None
        What the clip was compared with: earlier recordings, or for a long clip all of itself.
    compared_with_itself : bool
        Whether ``profile`` is made of the clip's own windows.
    """

    emotion: str
    logits: np.ndarray
    shares: np.ndarray
    calibration: Calibration
    unsure: bool
    likely: tuple[str, ...]
    timeline: Timeline | None
    speech_probability: float | None = None
    voice: np.ndarray | None = None
    profile: VoiceProfile | None = None
    compared_with_itself: bool = False

    @property
    def n_compared_clips(self) -> float:
        """Number of other recordings that the clip was compared with; not whole where older ones count less."""
        return 0.0 if self.profile is None or self.compared_with_itself else self.profile.n_clips

    @property
    def probabilities(self) -> dict[str, float]:
        """The calibrated probability of each label, in the order of ``LABELS``."""
        return dict(zip(LABELS, self.shares.tolist(), strict=True))

    @classmethod
    def from_logits(
        cls,
        logits: np.ndarray,
        calibration: Calibration,
        *,
        timeline: Timeline | None = None,
        speech_probability: float | None = None,
        voice: np.ndarray | None = None,
        profile: VoiceProfile | None = None,
        compared_with_itself: bool = False,
    ) -> Prediction:
        """Calibrate logits, and decide which emotions are possible.

        Parameters
        ----------
        logits : np.ndarray [shape=(8,)]
            A clip's logits, in the order of ``LABELS``.
        calibration : Calibration
            The network's calibration.
        timeline : Timeline, optional
            Probabilities over time.
        speech_probability : float, optional
            Probability that the clip is speech.
        voice : np.ndarray [shape=(n,)], optional
            How the voice sounds.
        profile : VoiceProfile, optional
            What the clip was compared with.
        compared_with_itself : bool
            Whether ``profile`` is made of the clip's own windows.

        Returns
        -------
        Prediction
        """
        shares = probabilities(logits, calibration.temperature)
        winner = int(shares.argmax())
        unsure = bool(shares[winner] < calibration.confidence_threshold)
        likely = likely_set(shares, calibration.set_threshold) if unsure else [winner]
        return cls(
            emotion=LABELS[winner],
            logits=logits,
            shares=shares,
            calibration=calibration,
            unsure=unsure,
            likely=tuple(LABELS[index] for index in likely),
            timeline=timeline,
            speech_probability=speech_probability,
            voice=voice,
            profile=profile,
            compared_with_itself=compared_with_itself,
        )


class Recognizer:
    """Recognises emotion in speech; safe to share between threads.

    Parameters
    ----------
    model_dir : Path, optional
        A model folder, as ``export_network`` writes it; the shipped network by default.
    threads : int, optional
        Threads that share the computation of one window. Two by default, which halves the time, or one on a machine
        with one core.
    speech_recognizer : Recognizer, optional
        Decides whether a clip is speech where the folder has no speech detector.

    Raises
    ------
    ModelError
        If the folder's files are missing, damaged, or do not belong together.
    """

    def __init__(
        self,
        model_dir: Path = DEFAULT_MODEL_DIR,
        threads: int | None = None,
        speech_recognizer: Recognizer | None = None,
    ) -> None:
        self.config, content = read_model(Path(model_dir))
        self._front_end = from_config(self.config.front_end)
        n_threads = threads or min(2, os.cpu_count() or 1)
        self._network = LiteRTNetwork(content, self._front_end.input_shape, n_threads=n_threads)
        self._speech_detector = read_speech_detector(Path(model_dir), self.config.network_sha256)
        self._speech_recognizer = speech_recognizer

    @property
    def front_end(self) -> FrontEnd:
        """The front end that makes the network's input from audio."""
        return self._front_end

    def logits(self, inputs: np.ndarray, profile: VoiceProfile | None = None) -> np.ndarray:
        """Return the logits of windows.

        Parameters
        ----------
        inputs : np.ndarray [shape=(w, ...)]
            Windows, as the front end makes them.
        profile : VoiceProfile, optional
            As for ``predict``. Without it, the windows of a long clip are not compared with anything either.

        Returns
        -------
        np.ndarray [shape=(w, 8)]
        """
        reference = None if profile is None else profile.reference()
        (logits,) = self._network.run(inputs, LOGITS, reference=reference)
        return logits

    def predict(self, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        """Recognise the emotion of a clip.

        Parameters
        ----------
        audio : Audio
            A clip of any length, as ``load_audio`` returns it.
        profile : VoiceProfile, optional
            Earlier recordings of the same voice, which the clip is compared with. Without it, a long clip is compared
            with itself. Without effect for a network that takes no profile.

        Returns
        -------
        Prediction
            The emotion, all probabilities, and a timeline for longer clips.

        Raises
        ------
        AudioTypeError
            If ``audio`` is not an ``Audio``.
        """
        require_audio(audio)
        windows = self._front_end.windows(audio)
        is_alone = profile is None
        if profile is None:
            profile = self._own_profile(windows)
        elif len(profile.total) != self._network.voice_size:
            # It belongs to another network.
            profile = None
        reference = None if profile is None else profile.reference()
        calibration = self.config.calibration
        if profile is not None and self.config.profile_calibration is not None:
            calibration = self.config.profile_calibration
        outputs = (LOGITS, EMBEDDING, VOICE) if self._network.voice_size else (LOGITS, EMBEDDING)
        window_logits, embeddings, *voices = self._network.run(windows.inputs, *outputs, reference=reference)
        voice = pool_windows(voices[0], windows.weight) if voices else None
        speech_probability = None
        if self._speech_detector is not None:
            # The embedding depends on the reference, the voice does not.
            detector_input = pool_windows(embeddings, windows.weight) if voice is None else voice
            speech_probability = self._speech_detector.probability(detector_input)
        elif self._speech_recognizer is not None:
            speech_probability = self._speech_recognizer.predict(audio).speech_probability
        timeline = None
        if audio.duration_s > TIMELINE_FROM_S:
            window_probabilities = probabilities(window_logits, calibration.temperature)
            window_probabilities[windows.weight < _MIN_SOUND_SHARE] = np.nan
            timeline = Timeline(windows.start_s, windows.end_s, window_probabilities)
        return Prediction.from_logits(
            pool_windows(window_logits, windows.weight),
            calibration,
            timeline=timeline,
            speech_probability=speech_probability,
            voice=voice,
            profile=profile,
            compared_with_itself=is_alone and profile is not None,
        )

    def predict_many(
        self, files: Iterable[Source], speakers: Sequence[str | None] | None = None, *, workers: int = 1
    ) -> Iterator[Outcome]:
        """Recognise the emotion of many recordings, in order, with the sound of few recordings in memory at a time.

        Parameters
        ----------
        files : iterable of path, bytes, file object or callable
            What ``load_audio`` reads, or functions without arguments that return an ``Audio``.
        speakers : sequence of str or None, optional
            The speaker of each recording, None where unknown. Each clip is then compared with the other clips of its
            speaker. This takes twice the time, and reads these files twice.
        workers : int
            Number of threads, each with the sound of one recording. While the network computes, which one thread at a
            time can do, the others decode.

        Yields
        ------
        Outcome
            One for each file. For a file that cannot be read, the outcome has an ``error``, and the next file follows.
        """
        from ser_core.inference.many import predict_many

        return predict_many(self, files, speakers, workers)

    def _own_profile(self, windows: Windows) -> VoiceProfile | None:
        """Return the profile of the voice in a long clip, from windows that do not overlap; None for a short clip."""
        if not self._network.voice_size or windows.end_s[-1] - windows.start_s[0] < OWN_PROFILE_FROM_S:
            return None
        separate_windows = [0]
        for index, start_s in enumerate(windows.start_s):
            if start_s >= windows.end_s[separate_windows[-1]]:
                separate_windows.append(index)
        separate_windows = [index for index in separate_windows if windows.weight[index] >= _MIN_SOUND_SHARE]
        if not separate_windows:
            return None
        (voices,) = self._network.run(windows.inputs[separate_windows], VOICE)
        return VoiceProfile.of(*voices)
