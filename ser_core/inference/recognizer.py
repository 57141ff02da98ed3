"""The one way from audio to a prediction, for the page, the command line and everything else.

Runs on LiteRT: no TensorFlow is imported here. A LiteRT interpreter is not safe to share between threads, so
one lock stands around it; a window takes a few milliseconds, so nobody waits long.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.calibration import pool_windows, probabilities
from ser_core.inference.front_end import FrontEnd, from_config
from ser_core.inference.model_files import open_network, read_model
from ser_core.paths import MODELS_DIR

DEFAULT_MODEL_DIR = MODELS_DIR / "ser_cnn"


@dataclass(frozen=True, eq=False)
class Timeline:
    """How the probabilities move through a longer clip.

    Parameters
    ----------
    start_s, end_s : np.ndarray [shape=(w,)]
        Each window's bounds in the clip, in seconds; windows overlap.
    probabilities : np.ndarray [shape=(w, 8)]
        In the order of ``LABELS``; NaN where a window is mostly pause.
    """

    start_s: np.ndarray
    end_s: np.ndarray
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the network makes of a clip.

    Parameters
    ----------
    emotion : str
        The likeliest label.
    probabilities : dict of str to float
        All eight labels', summing to 1, calibrated.
    unsure : bool
        True where the likeliest is not likely enough to be right three times in four.
    timeline : Timeline or None
        For clips longer than three seconds; of one window only, where so much of the clip is pause that three
        seconds hold all its sound.
    """

    emotion: str
    probabilities: dict[str, float]
    unsure: bool
    timeline: Timeline | None

    @classmethod
    def of(cls, shares: np.ndarray, *, confidence_threshold: float, timeline: Timeline | None = None) -> Prediction:
        """Return the answer that calibrated probabilities [shape=(8,)], in the order of ``LABELS``, amount to."""
        winner = int(shares.argmax())
        return cls(
            emotion=LABELS[winner],
            probabilities=dict(zip(LABELS, map(float, shares), strict=True)),
            unsure=bool(shares[winner] < confidence_threshold),
            timeline=timeline,
        )


TIMELINE_FROM_S = 3.0

# A window with less sound than this is drawn as a gap in the timeline.
_LEAST_SOUND = 0.1


class Recognizer:
    """Recognises emotion in speech; one object may serve many threads.

    Parameters
    ----------
    model_dir : Path, optional
        A model folder, as ``export_network`` writes it; the shipped ``ser_cnn`` by default.
    threads : int, optional
        How many share a window's work. By default two, which halves the time, or one where there is one core.

    Raises
    ------
    ModelError
        If the folder's files are missing, damaged, or do not belong together.
    """

    def __init__(self, model_dir: Path = DEFAULT_MODEL_DIR, threads: int | None = None) -> None:
        self.config, network = read_model(Path(model_dir))
        self._front_end = from_config(self.config.front_end)
        self._interpreter = open_network(network, threads or min(2, os.cpu_count() or 1))
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        expected = (1, *self._front_end.input_shape)
        if tuple(self._input["shape"]) != expected or tuple(self._output["shape"]) != (1, len(LABELS)):
            raise ModelError(
                f"The network takes {tuple(self._input['shape'])} and gives {tuple(self._output['shape'])}",
                expected=f"{expected} in and {(1, len(LABELS))} out, as its front end and labels have it",
                advice="Restore the model folder from the project, or train a network anew",
            )
        self._lock = Lock()

    @property
    def front_end(self) -> FrontEnd:
        """What the network is fed with."""
        return self._front_end

    def logits(self, inputs: np.ndarray) -> np.ndarray:
        """Run the network on windows [shape=(w, ...)]; return logits [shape=(w, 8)]."""
        # One by one: the exported network refuses another batch size, and one exported for 8 or 32 windows at a time
        # was no faster.
        answers = np.empty((len(inputs), len(LABELS)), dtype=np.float32)
        for number, window in enumerate(inputs):
            with self._lock:
                self._interpreter.set_tensor(self._input["index"], window[None])
                self._interpreter.invoke()
                answers[number] = self._interpreter.get_tensor(self._output["index"])[0]
        return answers

    def predict(self, audio: Audio) -> Prediction:
        """Recognise the emotion of a clip.

        Parameters
        ----------
        audio : Audio
            A clip of any length, as ``load_audio`` gives it.

        Returns
        -------
        Prediction
            The emotion, all probabilities, and a timeline for longer clips.
        """
        windows = self._front_end.windows(audio)
        logits = self.logits(windows.inputs)
        of_clip = probabilities(pool_windows(logits, windows.weight), self.config.temperature)
        timeline = None
        if audio.duration_s > TIMELINE_FROM_S:
            of_windows = probabilities(logits, self.config.temperature)
            of_windows[windows.weight < _LEAST_SOUND] = np.nan
            timeline = Timeline(windows.start_s, windows.end_s, of_windows)
        return Prediction.of(of_clip, confidence_threshold=self.config.confidence_threshold, timeline=timeline)
