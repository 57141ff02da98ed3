"""The codecs that FFmpeg may decode, in any container; libsndfile decodes a few more kinds of WAV and AIFF.

The names are FFmpeg's. ``containers`` has the containers. ``tools/write_formats_table.py`` tries each pair, for
``docs/formats.md``.
"""

from __future__ import annotations

# Codecs that phones, browsers, recorders, telephone systems and editors write. FFmpeg has hundreds more, some of them
# not maintained; and without this list it would also decode the first picture of a video, of any size, to analyse it.
CODECS = {"aac", "aac_latm", "ac3", "alac", "eac3", "flac", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float"}
CODECS |= {"libopus", "opus", "vorbis", "wmapro", "wmav1", "wmav2", "wmavoice"}
CODECS |= {"amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "g722", "g723_1", "g726", "g726le", "gsm"}
CODECS |= {"gsm_ms", "ilbc", "speex"}
CODECS |= {"adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms", "adpcm_yamaha"}
CODECS |= {"pcm_alaw", "pcm_bluray", "pcm_dvd", "pcm_mulaw", "pcm_s8", "pcm_u8"}
CODECS |= {f"pcm_{kind}{order}" for kind in ("s16", "s24", "s32", "f32", "f64") for order in ("be", "le")}

# The names that the pages show for an Ogg file, by the codec in it.
OGG_CODEC_NAMES = {"vorbis": "OGG Vorbis", "opus": "Opus", "libopus": "Opus", "flac": "OGG FLAC", "speex": "OGG Speex"}
