"""The lock that the servers of a host share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ser_core.own_network.host_turn import HostTurn
from tests.harness.paths import ROOT

HOLD = """
import sys, time
from pathlib import Path
from ser_core.own_network.host_turn import HostTurn
turn = HostTurn(Path(sys.argv[1]))
print(turn.take(), flush=True)
time.sleep(60)
"""


def test_one_process_at_a_time_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        turn = HostTurn(path)
        assert turn.is_elsewhere()
        assert not turn.take()
        holder.kill()
        holder.wait()
        assert turn.take()


def test_the_own_turn_is_not_elsewhere_and_stays(tmp_path: Path) -> None:
    turn, other = HostTurn(tmp_path / "lock"), HostTurn(tmp_path / "lock")
    assert turn.take()
    assert turn.take()
    assert not turn.is_elsewhere()
    assert other.is_elsewhere()
    turn.give_back()
    turn.give_back()
    assert not other.is_elsewhere()
    assert not turn.is_elsewhere()


def test_where_no_file_can_be_made_a_server_trains_on_its_own(tmp_path: Path) -> None:
    turn = HostTurn(tmp_path / "missing" / "lock")
    assert turn.take()
    assert not turn.is_elsewhere()
    turn.give_back()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_the_file_of_another_user_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch(mode=0o444)
    assert HostTurn(path).take()
