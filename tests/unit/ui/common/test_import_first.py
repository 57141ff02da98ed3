"""Two visitors open a page at once on a server that has imported nothing yet."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.harness.paths import ROOT
from tests.unit.project.test_light_imports import ANALYSIS
from ui.shell.navigation import PAGES

# The second thread starts when the first thread has just started to import SciPy. The first thread continues when the
# second thread waits for it.
TWO_THREADS = """
import importlib, importlib.machinery, sys, threading, time

TIMEOUT_S = 20.0
has_started, errors = threading.Event(), []
second_thread = threading.get_ident()

def second_thread_waits():
    code = sys._current_frames()[second_thread].f_code
    return code.co_name == "acquire" and "importlib" in code.co_filename

class Pause:
    def find_spec(self, name, path=None, target=None):
        if name != "scipy.version":
            return None
        # Pause where the module runs, not here: here Python holds the import lock.
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def run_after_pause(module):
            has_started.set()
            deadline_s = time.monotonic() + TIMEOUT_S
            while not second_thread_waits() and time.monotonic() < deadline_s:
                time.sleep(0.001)
            if not second_thread_waits():
                errors.append("the second thread did not wait")
            run(module)

        spec.loader.exec_module = run_after_pause
        return spec

def import_all(modules):
    try:
        for module in modules:
            importlib.import_module(module)
    except Exception as error:
        errors.append(type(error).__name__)

sys.meta_path.insert(0, Pause())
first_thread = threading.Thread(target=import_all, args=[{first}], daemon=True)
first_thread.start()
if not has_started.wait(TIMEOUT_S):
    errors.append("the first thread did not import SciPy")
import_all({second})
first_thread.join(TIMEOUT_S)
print(errors)
"""


def test_two_threads_can_import_at_once() -> None:
    # Without ui.common.import_first, one thread gets a partly initialised SciPy: an ImportError.
    modules = {
        "first": ["ui.common.import_first", "ser_core.inference.recognizer"],
        "second": ["ui.common.import_first", "ser_core.features.pitch"],
    }
    code = TWO_THREADS.format(**modules)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_imports_import_first_before_any_analysis(path: str) -> None:
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    imports = [ast.unparse(node) for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    first = "import ui.common.import_first"
    before = imports[: imports.index(first)] if first in imports else imports
    code = "; ".join([*before, "import sys", f"print(sorted({ANALYSIS} & set(sys.modules)))"])
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
