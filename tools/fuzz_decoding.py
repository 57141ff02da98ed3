"""Look for bytes on which the decoder crashes, hangs, swells, or raises what is not one of our errors.

    pip install atheris==3.0.0
    python tools/fuzz_decoding.py FOLDER [-max_total_time=300] [any other option of libFuzzer]

Atheris mutates the files in FOLDER, guided by which lines of ``ser_core`` they reach, and keeps there what reached new
ones. An empty folder is given a recording of every kind first. Not a requirement of anything else; the tests have
Hypothesis look for the same, for as long as tests may take.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["ser_core"]):
    from ser_core.audio.loading import AudioLimits, load_audio
    from ser_core.errors import AudioError

from tests.harness.recordings import every_kind

# Short, so that more is tried; what a whole upload may cost, the hostile uploads test.
_LIMITS = AudioLimits(max_duration_s=2.0)
# In seconds and megabytes for one input.
_DEFAULTS = ["-timeout=10", "-rss_limit_mb=1500", "-max_len=20000"]


def decode(data: bytes) -> None:
    """Read an upload; whatever this raises, is found."""
    try:
        samples = load_audio(data, limits=_LIMITS).samples
    except AudioError:
        return
    if not len(samples) or not np.isfinite(samples).all():
        raise ValueError("a result that is no sound")


def main() -> None:
    """Fill an empty folder, and look until told to stop."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for kind, data in every_kind(0.1).items():
            (folder / kind).write_bytes(data)
    atheris.Setup([sys.argv[0], *_DEFAULTS, *sys.argv[1:]], decode)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
