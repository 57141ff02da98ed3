"""The number of threads of the matrix libraries."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
from threadpoolctl import threadpool_info

from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from tests.harness.paths import ROOT

VOICES = ROOT / "samples" / "computer_voices"

SCRIPT = """
import json
from ser_core import threads
threads.use_one_thread()
import scipy.linalg
from threadpoolctl import threadpool_info
print(json.dumps([library["num_threads"] for library in threadpool_info()]))
"""


def threads_per_library(_: Audio) -> np.ndarray:
    import scipy.linalg  # noqa: F401

    return np.array([[library["num_threads"]] for library in threadpool_info()])


def test_a_library_that_is_loaded_later_also_uses_one_thread() -> None:
    process = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    threads = json.loads(process.stdout)
    assert len(threads) >= 2
    assert set(threads) == {1}


def test_each_process_that_analyses_a_corpus_uses_one_thread() -> None:
    threads, libraries, _ = map_clips(threads_per_library, VOICES, ["sad_male.wav", "sad_female.wav"])
    assert libraries.min() >= 2
    assert set(threads.ravel()) == {1}
