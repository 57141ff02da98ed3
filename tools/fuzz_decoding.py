"""Fuzz the decoder: find bytes for which it crashes, hangs, uses too much memory, or raises an unexpected exception.

    pip install atheris==3.0.0
    python tools/fuzz_decoding.py FOLDER [-max_total_time=300] [any other option of libFuzzer]

Atheris mutates the files in FOLDER, guided by the lines of ``ser_core`` that they reach, and adds the files that reach
new lines. An empty folder is first filled with one recording in every format. Atheris is not a requirement of the
project: the tests search for the same faults with Hypothesis, for a shorter time.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["ser_core"]):
    from ser_core.audio.limits import AudioLimits
    from ser_core.audio.loading import load_audio
    from ser_core.errors import AudioError

from tests.hostile.kinds import every_container

# A short duration, so that more inputs are tried. The tests of hostile uploads check the limits of a whole upload.
_LIMITS = AudioLimits(max_duration_s=2.0)
# Limits for one input: seconds, megabytes, and bytes.
_DEFAULTS = ["-timeout=10", "-rss_limit_mb=1500", "-max_len=20000"]


def decode(data: bytes) -> None:
    """Read an upload; any exception is a finding."""
    try:
        samples = load_audio(data, limits=_LIMITS).samples
    except AudioError:
        return
    if not len(samples) or not np.isfinite(samples).all():
        raise ValueError("the result is not sound")


def main() -> None:
    """Fill an empty folder and fuzz until the time limit."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for kind, data in every_container(0.1).items():
            (folder / kind).write_bytes(data)
    atheris.Setup([sys.argv[0], *_DEFAULTS, *sys.argv[1:]], decode)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
