"""The packages that serving a prediction needs."""

from __future__ import annotations

import subprocess
import sys

from ser_core.audio.loading import load_audio
from ser_core.inference.recognizer import Recognizer
from tests.harness.paths import COMPUTER_VOICES, ROOT

CODE = """
import sys
from importlib.abc import MetaPathFinder

NOT_FOR_SERVING = {"keras", "tensorflow", "librosa", "sklearn", "streamlit", "plotly", "h5py", "pandas"}

class Blocker(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in NOT_FOR_SERVING:
            raise ImportError(f"{name} is blocked in this test")

sys.meta_path.insert(0, Blocker())

from pathlib import Path
import pkgutil
from importlib import import_module
import ser_core.inference

for module in pkgutil.iter_modules(ser_core.inference.__path__, "ser_core.inference."):
    import_module(module.name)

from ser_core.audio.loading import load_audio
from ser_core.audio.quality import check_quality
from ser_core.inference.architecture import ARCHITECTURE_NAME, read_architecture
from ser_core.inference.embedder import Embedder
from ser_core.inference.explain import explain
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.inference.report import to_csv, to_json

audio = load_audio(Path(sys.argv[1]))
recognizer = Recognizer()
prediction = recognizer.predict(audio)
explain(recognizer, audio, prediction)
to_json(audio, prediction, check_quality(audio))
to_csv(audio, prediction)
Embedder().embed(audio)
read_architecture(DEFAULT_MODEL_DIR / ARCHITECTURE_NAME)
print(prediction.emotion)
"""


def test_predictions_need_no_package_for_training_or_pages() -> None:
    clip = COMPUTER_VOICES / "angry_female.wav"
    result = subprocess.run(
        [sys.executable, "-c", CODE, str(clip)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == Recognizer().predict(load_audio(clip)).emotion
