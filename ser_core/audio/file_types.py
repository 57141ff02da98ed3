"""File-name endings that may hold speech: which files are worth trying to read.

The ending only decides whether a file is offered or scanned. :mod:`ser_core.audio.decoding` recognises the format from
the first bytes of the file.
"""

from __future__ import annotations

# Audio files, and the video files that phones and recorders write. In lower case with the dot, sorted.
AUDIO_SUFFIXES: tuple[str, ...] = (
    ".3g2",
    ".3gp",
    ".aac",
    ".ac3",
    ".aif",
    ".aifc",
    ".aiff",
    ".amr",
    ".asf",
    ".au",
    ".avi",
    ".awb",
    ".caf",
    ".flac",
    ".m4a",
    ".m4b",
    ".m4v",
    ".mka",
    ".mkv",
    ".mov",
    ".mp2",
    ".mp3",
    ".mp4",
    ".mpeg",
    ".mpg",
    ".mts",
    ".oga",
    ".ogg",
    ".ogv",
    ".opus",
    ".rf64",
    ".snd",
    ".sph",
    ".spx",
    ".ts",
    ".voc",
    ".w64",
    ".wav",
    ".wave",
    ".weba",
    ".webm",
    ".wma",
    ".wmv",
)
