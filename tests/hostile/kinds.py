"""Healthy recordings in every container and with every decoder, the basis of damaged ones."""

from __future__ import annotations

import numpy as np

from tests.harness.recordings import encode, encode_tracks, encode_with_av, every_kind, sine
from tests.harness.speex import encode_speex

_RATE_HZ = 48_000
_SPEEX_S = 0.3


def every_container(duration_s: float = 0.3) -> dict[str, bytes]:
    """Return one recording in every format and container that the decoder accepts, by name."""
    samples = sine(duration_s, _RATE_HZ, channels=2)
    mono = sine(duration_s, _RATE_HZ)
    voice, silence = sine(duration_s, 8_000), np.zeros_like(mono)
    vorbis, flac, mp3 = (
        encode(mono, _RATE_HZ, *kind) for kind in (("OGG", "VORBIS"), ("FLAC", "PCM_16"), ("MP3", "MPEG_LAYER_III"))
    )
    return every_kind(duration_s) | {
        "caf": encode(samples, _RATE_HZ, "CAF"),
        "caf-alac": encode(samples, _RATE_HZ, "CAF", "ALAC_16"),
        "au": encode(samples, _RATE_HZ, "AU"),
        "w64": encode(samples, _RATE_HZ, "W64"),
        "sphere": encode(samples, _RATE_HZ, "NIST"),
        "voc": encode(samples, _RATE_HZ, "VOC"),
        "amr": encode_with_av(voice, 8_000, "amr", "libopencore_amrnb"),
        "wma": encode_with_av(samples, _RATE_HZ, "asf", "wmav2", bit_rate_bps=64_000),
        "avi": encode_with_av(samples, _RATE_HZ, "avi", "pcm_s16le"),
        "ts": encode_with_av(samples, _RATE_HZ, "mpegts", "aac"),
        "ps": encode_with_av(samples, _RATE_HZ, "mpeg", "mp2"),
        "ac3": encode_with_av(samples, _RATE_HZ, "ac3", "ac3"),
        "eac3": encode_with_av(samples, _RATE_HZ, "eac3", "eac3"),
        "3gp": encode_with_av(voice, 8_000, "3gp", "libopencore_amrnb"),
        "wav-g722": encode_with_av(sine(duration_s, 16_000), 16_000, "wav", "g722"),
        "wav-g726": encode_with_av(voice, 8_000, "wav", "g726"),
        "wav-wma": encode_with_av(samples, _RATE_HZ, "wav", "wmav2", bit_rate_bps=64_000),
        "ogg-flac": encode_with_av(samples, _RATE_HZ, "ogg", "flac"),
        "ogg-video": encode_tracks([(mono, "flac")], _RATE_HZ, "ogg", picture_px=32, video_codec="libvpx"),
        "speex": encode_speex(_SPEEX_S),
        "two tracks": encode_tracks([(silence, "flac"), (mono, "flac")], _RATE_HZ, "matroska"),
        "joined vorbis": vorbis * 2,
        "joined flac": flac * 3,
        "joined mp3": bytes(100) + mp3 * 2,
    }
