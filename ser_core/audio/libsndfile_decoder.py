"""Decoding with libsndfile: WAV, AIFF, FLAC, Ogg, MP3, CAF, AU, W64, SPHERE and VOC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import soundfile

from ser_core.audio.decoded import Decoding, undecodable
from ser_core.audio.guarded_bytes import GuardedBytes

# At most one block is lost before a damaged place; smaller blocks take more time and lose no less.
_BLOCK_FRAMES = 4_096

_CODEC_NAMES = {"VORBIS": "OGG Vorbis", "OPUS": "Opus"}
_CONTAINER_NAMES = {"WAVEX": "WAV", "RF64": "WAV", "MPEG": "MP3", "NIST": "SPHERE"}


class _ForwardSoundFile(soundfile.SoundFile):  # type: ignore[misc] # soundfile has no types
    """A sound file that is only read forward.

    If the file is seekable, soundfile seeks to the current position after every read. In an MP3 of variable bit rate
    the next read then continues at another position.
    """

    def seekable(self) -> bool:
        return False


@contextmanager
def open_with_soundfile(data: bytes) -> Iterator[Decoding]:
    """Open a recording with libsndfile.

    Parameters
    ----------
    data : bytes
        The whole file, in a format that libsndfile reads.

    Yields
    ------
    Decoding
        The opened recording.

    Raises
    ------
    UnreadableAudioError
        The file is damaged.
    """
    guarded = GuardedBytes(data)
    try:
        file = _ForwardSoundFile(guarded)
    except soundfile.SoundFileError as error:
        raise undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.has_progressed()
    with file:
        name: str = _CODEC_NAMES.get(file.subtype) or _CONTAINER_NAMES.get(file.format) or file.format
        is_length_known = file.samplerate > 0 and 0 <= file.frames < 2**48
        yield Decoding(
            format=name,
            sample_rate_hz=file.samplerate,
            channels=file.channels,
            claimed_duration_s=file.frames / file.samplerate if is_length_known else None,
            blocks=_blocks(file, guarded),
        )


def _blocks(file: soundfile.SoundFile, guarded: GuardedBytes) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    n_read = 0
    try:
        # No more frames than the header states: after the last frame, libFLAC treats a tag as a damaged frame, and the
        # block would be lost.
        while len(block := file.read(min(_BLOCK_FRAMES, file.frames - n_read), dtype="float32", always_2d=True)):
            yield block, file.samplerate
            guarded.has_progressed()
            n_read += len(block)
    except soundfile.SoundFileError as error:
        if not n_read:
            raise undecodable("The file's header can be read, but the audio after it is damaged") from error
