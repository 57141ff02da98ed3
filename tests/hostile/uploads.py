"""All hostile uploads, grouped in families: name and bytes of each, the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile import bombs, crowds, damage, not_audio, signals, wrong_headers
from tests.hostile.kinds import every_container

Uploads = Iterator[tuple[str, bytes]]


def _damaged(kind: str, data: bytes) -> Uploads:
    for alter in (damage.cut_off, damage.bits_flipped, damage.wrong_numbers, damage.shuffled):
        yield from alter(kind, data)


FAMILIES: dict[str, Callable[[], Uploads]] = {
    **{f"damaged {kind}": partial(_damaged, kind, data) for kind, data in every_container().items()},
    "WAV headers": wrong_headers.wav_headers,
    "FLAC headers": wrong_headers.flac_headers,
    "AIFF headers": wrong_headers.aiff_headers,
    "MP4 boxes": wrong_headers.mp4_boxes,
    "Opus heads": wrong_headers.opus_heads,
    "silences": bombs.silences,
    "short frames": bombs.short_frames,
    "crowded headers": crowds.crowded_headers,
    "crowded new headers": crowds.crowded_new_headers,
    "joined files": bombs.joined_files,
    "many tracks": bombs.many_tracks,
    "opposite channels": bombs.opposite_channels,
    "huge picture": bombs.huge_picture,
    "other content": not_audio.other_content,
    "polyglots": not_audio.polyglots,
    "unusual sounds": signals.unusual_sounds,
    "unusual rates": signals.unusual_rates,
}
