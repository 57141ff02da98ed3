"""A process that receives hostile uploads one by one and reports outcome, time and memory of each.

Started by ``bounded.py`` as ``python -m tests.hostile.worker decode|analyse``. For each upload it reads the length as
eight bytes and then the content from standard input, and writes one line of JSON to standard output.
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

# More than any upload may use: an upload that needs more ends this process and does not affect the machine.
_ADDRESS_SPACE_BYTES = 4 * 1024**3


def decode(data: bytes) -> None:
    """Load a recording, the first step for every upload."""
    samples = load_audio(data).samples
    assert samples.dtype == np.float32
    assert 0 < len(samples) <= 600 * SAMPLE_RATE_HZ
    assert np.isfinite(samples).all()


def analyse(data: bytes) -> None:
    """Run every step of the analysis that the pages run."""
    # Imported here, because the job ``decode`` needs none of these modules.
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
    raise AssertionError(f"{constant} is not valid JSON")


def _outcome(job: Callable[[bytes], None], data: bytes) -> str:
    """Do the job; return ``"result"``, ``"error"`` for an error of our own, or a description of another exception."""
    try:
        job(data)
    except SerError as error:
        return "error" if error.problem and error.expected and error.advice else f"no advice: {error!r}"
    except MemoryError:
        return "MemoryError"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:300]
    return "result"


def _peak_mb() -> float:
    """Return the peak resident memory since ``_reset_peak``, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main(job: Callable[[bytes], None], warm_up: bytes) -> None:
    """Process uploads until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Decoders written in C may print. Their output must not be mixed with the lines of JSON.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("error")
    unraisable: list[str] = []
    # Exceptions inside a callback from C cannot be caught; Python passes them to this hook.
    sys.unraisablehook = lambda report: unraisable.append(repr(report.exc_value))
    job(warm_up)
    while header := sys.stdin.buffer.read(8):
        data = sys.stdin.buffer.read(int.from_bytes(header, "little"))
        _reset_peak()
        before_mb, started_s = _peak_mb(), time.process_time()
        outcome = _outcome(job, data)
        cpu_s, extra_mb = time.process_time() - started_s, _peak_mb() - before_mb
        if unraisable:
            outcome = f"exception in a callback: {unraisable.pop()}"
        print(json.dumps({"outcome": outcome, "cpu_s": cpu_s, "extra_mb": extra_mb}), file=answers, flush=True)


if __name__ == "__main__":
    tone = np.sin(np.arange(4 * SAMPLE_RATE_HZ) / 5.0)
    main({"decode": decode, "analyse": analyse}[sys.argv[1]], to_wav_bytes(tone))
