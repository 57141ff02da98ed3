"""The hidden file of rows on a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ser_core.cli.stored_rows import StoredRows
from ser_core.errors import StorageError

resource = pytest.importorskip("resource", reason="this system has no limit on the size of files")


@pytest.fixture
def smallest_files() -> Iterator[None]:
    """Let this process write no file of more than 100 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("smallest_files")
def test_rows_that_do_not_fit_on_the_disk_are_one_error(tmp_path: Path) -> None:
    stored = StoredRows(tmp_path / "x.csv", {}, [["a.wav"]])
    with pytest.raises(StorageError, match=r"x[.]csv[.]rows cannot be written"):
        stored.append(0, {"path": 100 * "a"})
    # The command closes the file, and then reports the error above.
    stored.close(is_complete=False)
