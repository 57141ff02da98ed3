"""The voice profile of a visit: how this visitor's voice sounded in the recordings so far.

It holds network activations, no sound, and is gone when the visit ends. Samples are not part of it. In classroom mode
it stays empty: a visitor's own clip is then not given to the network (``classroom.may_judge``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ser_core.inference.recognizer import Prediction
    from ser_core.inference.voice_profile import VoiceProfile

# SHA-256 of a recording -> the voice in it, the newest last.
_VOICES = "voice_profile"

# Older recordings are deleted: a voice and its room change over a day.
_MAX_RECORDINGS = 20


def remember(sha256: str, prediction: Prediction) -> None:
    """Add a recording of the visitor's own voice to the profile.

    Parameters
    ----------
    sha256 : str
        Hash of the recording, so that the same one does not count twice.
    prediction : Prediction
        The network's prediction for it; without effect if the network takes no profile.
    """
    if prediction.voice is None:
        return
    voices = {**_voices(), sha256: prediction.voice}
    st.session_state[_VOICES] = dict(list(voices.items())[-_MAX_RECORDINGS:])


def forget(*, except_sha256: str | None = None) -> None:
    """Delete the recordings of the profile, because another person speaks now.

    Parameters
    ----------
    except_sha256 : str, optional
        Hash of the recording that stays: the new person's.
    """
    st.session_state[_VOICES] = {sha256: voice for sha256, voice in _voices().items() if sha256 == except_sha256}


def profile_for(sha256: str) -> tuple[VoiceProfile | None, tuple[str, ...]]:
    """Return the voice profile that a recording is compared with.

    Parameters
    ----------
    sha256 : str
        Hash of the recording.

    Returns
    -------
    VoiceProfile or None
        The profile of the visit's other recordings; None if this is not one of the visitor's, or the only one.
    tuple of str
        The hashes of these other recordings.
    """
    voices = _voices()
    other_hashes = tuple(voice_hash for voice_hash in voices if voice_hash != sha256)
    if sha256 not in voices or not other_hashes:
        return None, ()
    from ser_core.inference.voice_profile import VoiceProfile

    return VoiceProfile.of(*(voices[voice_hash] for voice_hash in other_hashes)), other_hashes


def n_recordings() -> int:
    """Return the number of recordings in the profile."""
    return len(_voices())


def _voices() -> dict[str, npt.NDArray[np.float32]]:
    voices: dict[str, npt.NDArray[np.float32]] = st.session_state.get(_VOICES, {})
    return voices
