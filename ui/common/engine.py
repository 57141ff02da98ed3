"""Cached calls of ``ser_core``: loaded models, and results for a visitor's clip.

Results computed from a voice are cached per session, under the hash of the clip's bytes and of the network, so they
are never shared between visitors. Streamlit hashes only a sample of a long array, so an array is never a cache key.

The library is imported inside the functions: importing it takes most of a second, and the first page does not need it.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.paths import DEFAULT_NETWORK
from ui.common import event_log, network_choice, voice_profile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ser_core.audio.loading import Audio
    from ser_core.audio.quality import QualityNote
    from ser_core.features.cues import Cues
    from ser_core.features.extraction import Features
    from ser_core.inference.embedder import Embedder
    from ser_core.inference.explain import Explanation
    from ser_core.inference.recognizer import Prediction, Recognizer
    from ser_core.inference.voice_profile import VoiceProfile
    from ser_core.samples import Sample, SampleLibrary
    from ser_core.voice import ChangedVoice, VoiceChange
    from ui.common.clip import Clip


# By the first bytes of a file: the types that all browsers play.
_PLAYED_EVERYWHERE = {b"RIFF": "audio/wav", b"fLaC": "audio/flac"}

_samples_ready = threading.Event()


def recognizer(network: str = DEFAULT_NETWORK) -> Recognizer:
    """Return a shared recogniser. One prediction on noise was made before, so that all imports are loaded.

    Parameters
    ----------
    network : str
        The name of a folder in ``models/``.
    """
    return _recognizer(network)


# No spinner: ``ui.shell.warming`` calls this from a thread that has no page. Pages show their own spinner. This is a
# function of its own, because Streamlit's cache would store two results: one for the default argument, one for the same
# argument when it is given.
@st.cache_resource(show_spinner=False)
def _recognizer(network: str) -> Recognizer:
    import numpy as np

    from ser_core import threads
    from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
    from ser_core.inference.opening import open_recognizer
    from ser_core.paths import MODELS_DIR

    # Each visitor has a thread. More threads of the matrix libraries would compete for the same cores.
    threads.use_one_thread()
    with event_log.timed("network ready") as fields:
        shipped = None if network == DEFAULT_NETWORK else recognizer()
        shared = open_recognizer(MODELS_DIR / network, shipped=shipped)
        noise = np.random.default_rng(0).normal(0.0, 0.1, SAMPLE_RATE_HZ // 2)
        shared.predict(from_samples(noise.astype(np.float32), SAMPLE_RATE_HZ))
        fields["network"] = shared.config.network_sha256[:12]
    return shared


@st.cache_resource(show_spinner="Looking for sample clips ...")
def sample_library() -> SampleLibrary:
    """Return the shared sample library."""
    from ser_core.samples import SampleSettings, open_library

    return open_library(SampleSettings.from_environment())


@dataclass(frozen=True, eq=False)
class Voice:
    """A sample that can be played at once.

    Parameters
    ----------
    sample : Sample
        The sample.
    content : bytes
        Its file.
    mime_type : str
        The type of the file; empty for a type that not every browser plays.
    """

    sample: Sample
    content: bytes
    mime_type: str


def voices() -> list[Voice]:
    """Return the clearest sample of each emotion among those that can be loaded now, without waiting.

    The search of a data folder or of a cache takes a second. Until ``warm_samples`` has done it, the samples are
    computer voices.
    """
    return _voices(_samples_ready.is_set())


def find_voice(sample_id: str) -> Voice | None:
    """Return one of ``voices`` by its sample's id, or None: the page may still show earlier voices."""
    return next((voice for voice in (*voices(), *_voices(False)) if voice.sample.sample_id == sample_id), None)


def warm_samples() -> None:
    """Search the data folder, or fetch a clip per emotion into the cache, so that ``voices`` has recordings of people.

    For a background thread: it may take seconds. Where a source does not answer, the voices stay as they are.
    """
    from ser_core.emotions import LABELS
    from ser_core.errors import SampleError

    library = sample_library()
    with suppress(SampleError):
        for label in LABELS:
            sample = library.clearest(label, at_hand=False)
            if sample is not None:
                library.load(sample)
    _samples_ready.set()


@st.cache_resource(show_spinner=False)
def _voices(is_ready: bool) -> list[Voice]:
    from ser_core.emotions import LABELS
    from ser_core.errors import SampleError
    from ser_core.samples import SampleSettings, open_library

    library = sample_library() if is_ready else open_library(SampleSettings(base_urls=()))
    samples = [sample for sample in map(library.clearest, LABELS) if sample is not None]
    playable_voices = []
    for sample in samples:
        # A clip that cannot be loaded is left out: the first page must open without it.
        with suppress(SampleError):
            content = library.load(sample)
            playable_voices.append(Voice(sample, content, _mime_type(content)))
    return playable_voices


def _mime_type(content: bytes) -> str:
    return next((mime for start, mime in _PLAYED_EVERYWHERE.items() if content.startswith(start)), "")


@st.cache_resource(show_spinner=False)
def embedder() -> Embedder:
    """Return the shared embedder, which computes the network's penultimate activations."""
    from ser_core.inference.embedder import Embedder

    return Embedder()


def predict(audio: Audio) -> Prediction:
    """Return the chosen network's prediction for a clip.

    Parameters
    ----------
    audio : Audio
        The clip. A recording that is part of the visitor's voice profile is compared with the other recordings in it.

    Raises
    ------
    ModelError
        If the network is missing or damaged.
    """
    return _predict_against(audio, *voice_profile.profile_for(audio.sha256))


def predict_alone(audio: Audio) -> Prediction:
    """Return the chosen network's prediction for a clip that is compared with no other recording.

    For attempts that are compared with each other, and may be by several people. They do not enter the voice profile.
    """
    return _predict_against(audio, None, ())


def judge(clip: Clip) -> Prediction:
    """Return the chosen network's prediction for the clip of a page.

    A visitor's own clip enters the voice profile of the visit. It is then compared with the other recordings in it. A
    file of Many files is compared with what it was compared with there, so that it gets the same answer.
    """
    if clip.is_from_batch:
        return _predict_as_in_batch(clip.audio, clip.profile)
    prediction = predict(clip.audio)
    if clip.is_sample:
        return prediction
    voice_profile.remember(clip.audio.sha256, prediction)
    return predict(clip.audio)


def _predict_as_in_batch(audio: Audio, profile: VoiceProfile | None) -> Prediction:
    return _predict_against(
        audio, profile, () if profile is None else (hashlib.sha256(profile.total.tobytes()).hexdigest(),)
    )


def _predict_against(audio: Audio, profile: VoiceProfile | None, profile_hashes: tuple[str, ...]) -> Prediction:
    """Return the chosen network's prediction; the hashes identify the profile in the cache."""
    network = network_choice.chosen()
    return _predict(audio.sha256, recognizer(network).config.network_sha256, profile_hashes, audio, network, profile)


def predict_part(part: Audio, whole: Prediction) -> Prediction:
    """Return the chosen network's prediction for a part of a clip, compared with the same profile as the whole clip."""
    return recognizer(network_choice.chosen()).predict(part, whole.profile)


def explanation(audio: Audio, prediction: Prediction) -> Explanation:
    """Return which moments and frequency bands of a clip the chosen network's prediction depends on.

    Raises
    ------
    ModelError
        If the network is missing or damaged, or if its input is no spectrogram.
    """
    network = network_choice.chosen()
    network_sha256 = recognizer(network).config.network_sha256
    return _explanation(audio.sha256, network_sha256, prediction.logits.tobytes(), audio, network, prediction)


def embedding(audio: Audio) -> npt.NDArray[np.float32]:
    """Return the shipped network's embedding of a clip [shape=(n,)], the input of its last layer."""
    return _embedding(audio.sha256, embedder().config.network_sha256, audio)


def features(audio: Audio, *, with_pitch: bool = True) -> Features:
    """Return a clip's features.

    Parameters
    ----------
    audio : Audio
        The clip.
    with_pitch : bool
        False for a page that does not show the pitch, which takes most of the time; all of ``pitch_hz`` is then NaN.
    """
    return _features(audio.sha256, with_pitch, audio)


def cues(audio: Audio) -> Cues:
    """Return a clip's acoustic cues."""
    from ser_core.features.cues import measure_cues

    return measure_cues(features(audio))


def changed_voice(audio: Audio, change: VoiceChange) -> ChangedVoice:
    """Return a clip before and after a change of the voice."""
    return _changed_voice(audio.sha256, change, audio)


def quality(audio: Audio, *, use_network: bool = True) -> tuple[QualityNote, ...]:
    """Return the defects of a recording.

    Parameters
    ----------
    audio : Audio
        The clip.
    use_network : bool
        Whether to check with the chosen network that the sound is speech. If it cannot be loaded, this check is left
        out, and the pages that need a prediction show the error.
    """
    from ser_core.errors import ModelError

    network, network_sha256 = network_choice.chosen(), None
    if use_network:
        with suppress(ModelError):
            network_sha256 = recognizer(network).config.network_sha256
    return _quality(audio.sha256, network_sha256, audio, network)


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _predict(
    sha256: str,
    network_sha256: str,
    recordings: tuple[str, ...],
    _audio: Audio,
    _network: str,
    _profile: VoiceProfile | None,
) -> Prediction:
    with _timed("prediction", _audio) as fields:
        prediction = recognizer(_network).predict(_audio, _profile)
        fields["unsure"] = prediction.unsure
    return prediction


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _explanation(
    sha256: str, network_sha256: str, logits: bytes, _audio: Audio, _network: str, _prediction: Prediction
) -> Explanation:
    from ser_core.inference.explain import explain

    with _timed("explanation", _audio):
        return explain(recognizer(_network), _audio, _prediction)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _embedding(sha256: str, network_sha256: str, _audio: Audio) -> npt.NDArray[np.float32]:
    with _timed("embedding", _audio):
        return embedder().embed(_audio)


# The features of a ten-minute clip take 30 MB. ``cache_resource`` makes no copy of them for each run of a page; at most
# two clips are kept.
@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _features(sha256: str, with_pitch: bool, _audio: Audio) -> Features:
    from ser_core.features.extraction import extract_features

    with _timed("features", _audio):
        return extract_features(_audio, with_pitch=with_pitch)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _changed_voice(sha256: str, change: VoiceChange, _audio: Audio) -> ChangedVoice:
    from ser_core.voice import change_voice

    with _timed("voice change", _audio):
        return change_voice(_audio, change)


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _quality(sha256: str, network_sha256: str | None, _audio: Audio, _network: str) -> tuple[QualityNote, ...]:
    from ser_core.audio.quality import check_quality
    from ser_core.inference.verdict import find_defects

    if network_sha256 is None:
        return check_quality(_audio)
    return find_defects(_audio, _predict(sha256, network_sha256, (), _audio, _network, None))


def _timed(event: str, audio: Audio) -> AbstractContextManager[dict[str, Any]]:
    return event_log.timed(event, audio_s=round(audio.duration_s, 1))
