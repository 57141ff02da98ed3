"""A process that is given hostile uploads one by one, and tells how each ended, in what time and memory.

Started by ``bounded.py``, which outlives whatever happens here: ``python -m tests.hostile.worker decode|analyse``.
On standard input each upload's length in eight bytes and its bytes, on standard output a line of JSON for each.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.errors import SerError

if TYPE_CHECKING:
    from ser_core import Recognizer

# Beyond what any upload may take, so that a bomb ends this process and not the machine.
_ADDRESS_SPACE_BYTES = 4 * 1024**3


def decode(data: bytes) -> None:
    """Do what happens to every upload first."""
    samples = load_audio(data).samples
    assert samples.dtype == np.float32
    assert 0 < len(samples) <= 600 * SAMPLE_RATE_HZ
    assert np.isfinite(samples).all()


def analyse(data: bytes) -> None:
    """Do all that pages do with a clip."""
    # After the worker has begun: a decoder alone needs none of it.
    from ser_core import extract_features
    from ser_core.audio.quality import check_quality
    from ser_core.features.cues import measure_cues
    from ser_core.inference.explain import explain
    from ser_core.inference.report import to_csv, to_json

    audio = load_audio(data)
    wav = to_wav_bytes(audio.samples)
    assert len(wav) == 44 + 2 * len(audio.samples)
    notes = check_quality(audio)
    recognizer = _recognizer()
    prediction = recognizer.predict(audio)
    assert abs(prediction.shares.sum() - 1.0) < 1e-5
    assert ((prediction.shares >= 0.0) & (prediction.shares <= 1.0)).all()
    features = extract_features(audio)
    for name in ("zero_crossing_rate", "chroma", "mfcc", "mel_power", "rms"):
        assert np.isfinite(getattr(features, name)).all(), name
    assert np.isfinite(features.summary()).all()
    assert np.isfinite(features.mel_db()).all()
    measure_cues(features)
    explain(recognizer, audio, prediction)
    json.loads(to_json(audio, prediction, notes), parse_constant=_refuse)
    to_csv(audio, prediction)


@cache
def _recognizer() -> Recognizer:
    from ser_core import Recognizer

    return Recognizer()


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def _tell(job: Callable[[bytes], None], data: bytes) -> str:
    """Do the job; return ``"result"``, ``"error"`` for one of ours, or what else it was."""
    try:
        job(data)
    except SerError as error:
        return "error" if error.found and error.expected and error.advice else f"no advice: {error!r}"
    except MemoryError:
        return "MemoryError"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:300]
    return "result"


def _peak_mb() -> float:
    """Return the most memory that was resident since ``_forget_peak``."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main(job: Callable[[bytes], None], warm_up: bytes) -> None:
    """Serve until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Decoders written in C may print; what they print must not come between the lines of JSON.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("error")
    unseen: list[str] = []
    # Raised inside a callback from C, where no one can catch it.
    sys.unraisablehook = lambda unraisable: unseen.append(repr(unraisable.exc_value))
    job(warm_up)
    while header := sys.stdin.buffer.read(8):
        data = sys.stdin.buffer.read(int.from_bytes(header, "little"))
        _forget_peak()
        before_mb, started_s = _peak_mb(), time.process_time()
        ended = _tell(job, data)
        told = {"ended": ended, "cpu_s": time.process_time() - started_s, "extra_mb": _peak_mb() - before_mb}
        if unseen:
            told["ended"] = f"not to be caught: {unseen.pop()}"
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    tone = np.sin(np.arange(4 * SAMPLE_RATE_HZ) / 5.0)
    main({"decode": decode, "analyse": analyse}[sys.argv[1]], to_wav_bytes(tone))
