"""All hostile uploads, in families: a name and the bytes of each, the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.harness.recordings import every_kind
from tests.hostile import bombs, damage, lies, not_audio, signals

Uploads = Iterator[tuple[str, bytes]]


def _damaged(kind: str, data: bytes) -> Uploads:
    for harm in (damage.cut_off, damage.bits_flipped, damage.lying, damage.shuffled):
        yield from harm(kind, data)


FAMILIES: dict[str, Callable[[], Uploads]] = {
    **{f"damaged {kind}": partial(_damaged, kind, data) for kind, data in every_kind().items()},
    "WAV headers": lies.wav_headers,
    "FLAC headers": lies.flac_headers,
    "AIFF headers": lies.aiff_headers,
    "MP4 boxes": lies.mp4_boxes,
    "Opus heads": lies.opus_heads,
    "silences": bombs.silences,
    "short frames": bombs.short_frames,
    "crowded headers": bombs.crowded_headers,
    "huge picture": bombs.huge_picture,
    "other content": not_audio.other_content,
    "polyglots": not_audio.polyglots,
    "unusual sounds": signals.unusual_sounds,
    "unusual rates": signals.unusual_rates,
}
