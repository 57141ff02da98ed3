"""Two visitors may come at once to a server that has loaded nothing yet."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.harness.paths import ROOT
from tests.unit.project.test_light_imports import ANALYSIS
from ui.shell.navigation import PAGES

# The second visitor comes when the first has just begun with SciPy, and the first goes on when the second waits for it.
TWO_VISITORS = """
import importlib, importlib.machinery, sys, threading

has_begun, faults = threading.Event(), []
second_ident = threading.get_ident()

def second_waits():
    code = sys._current_frames()[second_ident].f_code
    return code.co_name == "acquire" and "importlib" in code.co_filename

class Pause:
    def find_spec(self, name, path=None, target=None):
        if name != "scipy.version":
            return None
        # Not here, where Python lets nobody else import, but where the module itself runs.
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def run_after_pause(module):
            has_begun.set()
            while not second_waits():
                pass
            run(module)

        spec.loader.exec_module = run_after_pause
        return spec

def come(modules):
    try:
        for module in modules:
            importlib.import_module(module)
    except Exception as fault:
        faults.append(type(fault).__name__)

sys.meta_path.insert(0, Pause())
first = threading.Thread(target=come, args=[{first}])
first.start()
has_begun.wait()
come({second})
first.join()
print(faults)
"""


def test_whoever_comes_while_another_is_loading_waits() -> None:
    # Without ui.common.loaded, one of them finds half a SciPy: an ImportError.
    visits = {
        "first": ["ui.common.loaded", "ser_core.inference.recognizer"],
        "second": ["ui.common.loaded", "ser_core.features.pitch"],
    }
    code = TWO_VISITORS.format(**visits)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_loads_it_all_before_it_imports_any_of_it(path: str) -> None:
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    imports = [ast.unparse(each) for each in body if isinstance(each, ast.Import | ast.ImportFrom)]
    before = imports[: imports.index("import ui.common.loaded")] if "import ui.common.loaded" in imports else imports
    code = "; ".join([*before, "import sys", f"print(sorted({ANALYSIS} & set(sys.modules)))"])
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
