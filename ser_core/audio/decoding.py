"""Opening a recording: its container is recognised from its first bytes, and its samples are decoded block by block.

The container is never taken from the file's name, and FFmpeg receives the container as an argument: if it detected the
container itself, it would also follow playlists, which refer to other files and addresses. Blocks are short, so the
caller can stop at any duration without the rest being decoded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ser_core.audio import joined_files, mpeg_frames
from ser_core.audio.containers import MP3, WAV, ZIP_NAME, Container, other_format
from ser_core.audio.decoded import Decoding
from ser_core.audio.ffmpeg_decoder import open_with_av
from ser_core.audio.libsndfile_decoder import open_with_soundfile
from ser_core.audio.sources import READABLE_KINDS
from ser_core.audio.wav_header import with_real_data_size
from ser_core.errors import AudioError, UnreadableAudioError, UnsupportedCodecError, ZipAsAudioError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Processor time in seconds for opening all parts of a joined file after the first; a part takes a millisecond.
_MAX_OPENING_S = 1.0


@contextmanager
def open_decoding(data: bytes, first_track: int = 1) -> Iterator[Decoding]:
    """Open a recording by its content.

    Parameters
    ----------
    data : bytes
        The whole file.
    first_track : int
        Number of the first sound track that may be used, counted from 1; larger numbers only for a file whose
        ``n_tracks`` is known.

    Yields
    ------
    Decoding
        Its blocks are decoded while they are read, and end early where the file is damaged. A file that was joined from
        several is read to the end of the last.

    Raises
    ------
    UnreadableAudioError
        The bytes are not audio in a known format, or nothing can be decoded.
    EmptyAudioError
        A video has no sound track.
    """
    container_and_start = joined_files.locate(data)
    if container_and_start is None:
        raise _not_audio(data)
    container, start = container_and_start
    if start:
        data = data[start:]
    if container is WAV:
        data = with_real_data_size(data)
    (first_start, first_stop), *later_parts = joined_files.parts(data, container)
    with _open_part(data[first_start:first_stop], container, first_track) as decoding:
        later_blocks = _blocks_of_parts(data, later_parts, container)
        yield replace(decoding, blocks=chain(decoding.blocks, later_blocks))


def _not_audio(data: bytes) -> UnreadableAudioError:
    format_name = other_format(data[:64])
    if format_name == ZIP_NAME:
        return ZipAsAudioError(
            f"The file is {format_name}",
            expected=f"one recording as {READABLE_KINDS}",
            advice="Take one recording out of the archive",
        )
    return UnreadableAudioError(
        f"The file is {format_name}" if format_name else "The file does not begin like any audio that can be read here",
        expected=f"a recording as {READABLE_KINDS}",
        advice="Check that it is a recording, or export it again as WAV",
    )


@contextmanager
def _open_part(data: bytes, container: Container, first_track: int = 1) -> Iterator[Decoding]:
    """Open a file with the first decoder that can decode the beginning of its sound."""
    errors: list[AudioError] = []
    for open_file in _decoders(data, container, first_track):
        with ExitStack() as stack:
            try:
                decoding = stack.enter_context(open_file())
                beginning = next(decoding.blocks, None)
            except AudioError as error:
                errors.append(error)
                continue
            yield replace(decoding, blocks=chain([beginning] if beginning else [], decoding.blocks))
            return
    # The second decoder identifies codecs that the first does not know.
    raise next((error for error in errors if isinstance(error, UnsupportedCodecError)), errors[0])


def _decoders(
    data: bytes, container: Container, first_track: int
) -> Iterator[Callable[[], AbstractContextManager[Decoding]]]:
    is_for_libsndfile = container.in_libsndfile and first_track == 1
    if container is MP3 and mpeg_frames.has_unknown_length(data, joined_files.end_of_id3(data)):
        is_for_libsndfile = False
    if is_for_libsndfile:
        yield lambda: open_with_soundfile(data)
    yield lambda: open_with_av(data, container, first_track)


def _blocks_of_parts(
    data: bytes, parts: list[tuple[int, int]], container: Container
) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    """Yield the samples of the later parts of a joined file, up to the first that cannot be decoded."""
    opening_s = 0.0
    for start, stop in parts:
        started_s = time.thread_time()
        with ExitStack() as stack:
            try:
                decoding = stack.enter_context(_open_part(data[start:stop], container))
            except AudioError:
                return
            opening_s += time.thread_time() - started_s
            if opening_s > _MAX_OPENING_S:
                return
            yield from decoding.blocks
