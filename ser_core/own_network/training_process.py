"""Starts and reads the process of one training."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ser_core.errors import TrainingError
from ser_core.own_network.choices import Choices
from ser_core.own_network.progress import Epoch, Result

_WORKER = "ser_core.own_network.worker"
_SOURCE_DIR = Path(__file__).resolve().parents[2]


class TrainingProcess:
    """One training in a process of its own.

    Parameters
    ----------
    choices : Choices
        What to train.

    Raises
    ------
    OSError
        If the host cannot start a process.
    """

    def __init__(self, choices: Choices) -> None:
        self._is_stopped = False
        self._n_results_missing = len(choices.splits)
        self._folder = tempfile.TemporaryDirectory(prefix="own-network-")
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _WORKER],
            # The package need not be installed: it may be a folder of a checkout.
            cwd=_SOURCE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        request = {"choices": choices.as_json(), "folder": self._folder.name}
        assert self._process.stdin is not None
        # Stays open: the process ends when it is closed.
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def reports(self) -> Iterator[Epoch | Result]:
        """Yield what the training reports until it ends or is stopped. Afterwards the process and its files are gone.

        Raises
        ------
        TrainingError
            If the training cannot start, or ends before its last result without ``stop``.
        """
        try:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                yield self._read(json.loads(line))
        finally:
            self.stop_and_wait()
        if self._n_results_missing and not self._is_stopped:
            raise TrainingError(
                "The training ended before it was finished",
                expected="enough free memory on this server, and the packages of requirements.txt",
                advice="Choose fewer clips, or try again later",
            )

    def stop(self) -> None:
        """End the process now; without effect if it has ended."""
        self._is_stopped = True
        self._process.kill()

    def stop_and_wait(self) -> None:
        """End the process if it still runs, wait until it is gone, and delete its files."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._folder.cleanup()

    def _read(self, message: dict[str, object]) -> Epoch | Result:
        from ser_core.own_network import worker

        kind = message.pop("kind")
        if kind == worker.ERROR:
            self._is_stopped = True
            raise TrainingError(**{name: str(text) for name, text in message.items()})
        if kind == worker.EPOCH:
            return Epoch(**message)  # type: ignore[arg-type]
        endings, folder = message["files"], Path(self._folder.name)
        assert isinstance(endings, list)
        self._n_results_missing -= 1
        files = {ending: (folder / f"{message['split']}.{ending}").read_bytes() for ending in endings}
        return Result.from_json(message, files)
