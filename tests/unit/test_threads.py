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
threads.take_one()
import scipy.linalg
from threadpoolctl import threadpool_info
print(json.dumps([each["num_threads"] for each in threadpool_info()]))
"""


def threads_of_each_library(_: Audio) -> np.ndarray:
    import scipy.linalg  # noqa: F401

    return np.array([[each["num_threads"]] for each in threadpool_info()])


def test_a_library_that_is_loaded_later_keeps_to_one_thread_too() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    threads = json.loads(told.stdout)
    assert len(threads) >= 2
    assert set(threads) == {1}


def test_each_process_of_a_corpus_keeps_to_one_thread() -> None:
    threads, libraries, _ = map_clips(threads_of_each_library, VOICES, ["sad_male.wav", "sad_female.wav"])
    assert libraries.min() >= 2
    assert set(threads.ravel()) == {1}
