"""Messages of libraries on standard error are hidden, those of Python are not."""

from __future__ import annotations

import subprocess
import sys

from tests.harness.paths import ROOT

_CODE = """
import os, sys
from ser_core.inference.native_messages import without_native_messages
with without_native_messages():
    os.write(2, b"of a library\\n")
    print("of Python", file=sys.stderr)
os.write(2, b"later\\n")
print("at the end", file=sys.stderr)
"""


def test_only_messages_of_libraries_are_hidden() -> None:
    result = subprocess.run([sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr == "of Python\nlater\nat the end\n"


def test_closed_standard_error_is_no_fault() -> None:
    code = "from ser_core.inference.native_messages import without_native_messages as w\nwith w(): print('done')"
    closed = ["sh", "-c", f'"{sys.executable}" -c "$0" 2>&-', code]
    assert subprocess.run(closed, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "done\n"
