"""Messages of libraries on standard error are hidden, those of Python are not."""

from __future__ import annotations

import subprocess
import sys

from tests.harness.paths import ROOT

_CODE = """
import logging, os, sys
from ser_core.inference.native_messages import without_native_messages
logging.basicConfig(format="%(message)s")
with without_native_messages():
    os.write(2, b"of a library\\n")
    print("of Python", file=sys.stderr)
    logging.warning("of a log")
logging.warning("of a log, later")
os.write(2, b"later\\n")
print("at the end", file=sys.stderr)
"""


def test_only_messages_of_libraries_are_hidden() -> None:
    result = subprocess.run([sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr == "of Python\nof a log\nof a log, later\nlater\nat the end\n"


_TWO_BLOCKS = """
import os, threading
from ser_core.inference.native_messages import without_native_messages
is_inside, may_end = threading.Event(), threading.Event()
def work():
    with without_native_messages():
        is_inside.set()
        may_end.wait(10)
thread = threading.Thread(target=work)
with without_native_messages():
    thread.start()
    is_inside.wait(10)
os.write(2, b"of a library, in the other thread\\n")
may_end.set()
thread.join()
os.write(2, b"later\\n")
"""


def test_messages_are_hidden_until_the_last_thread_has_left_its_block() -> None:
    result = subprocess.run([sys.executable, "-c", _TWO_BLOCKS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr == "later\n"


def test_closed_standard_error_is_no_fault() -> None:
    code = "from ser_core.inference.native_messages import without_native_messages as w\nwith w(): print('done')"
    closed = ["sh", "-c", f'"{sys.executable}" -c "$0" 2>&-', code]
    assert subprocess.run(closed, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "done\n"
