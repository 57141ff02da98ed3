"""The 162 time averages of each measured clip, as a committed table.

Trainings of the page "Train your own" use it: the recordings themselves may not be distributed, their averages may.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_core.atomic_write import replace_when_complete
from ser_core.dataset.tables import TABLES_DIR, damaged_table
from ser_core.features.extraction import N_SUMMARY

AVERAGES = "averages.npz"


@dataclass(frozen=True, eq=False)
class Averages:
    """The time averages of the measured clips.

    Parameters
    ----------
    clips : np.ndarray [shape=(n,), dtype=str]
        Official names of the clips, as in the column ``clip`` of the table of clips.
    numbers : np.ndarray [shape=(n, 162), dtype=float16]
        ``Features.summary`` of each clip. A power too small for 16 bits is zero.
    """

    clips: npt.NDArray[np.str_]
    numbers: npt.NDArray[np.float16]


def write_averages(folder: Path, averages: Averages) -> None:
    """Write the averages into a folder of tables.

    Parameters
    ----------
    folder : Path
        Folder of the tables.
    averages : Averages
        The averages of all measured clips.

    Raises
    ------
    StorageError
        If the file cannot be written.
    """
    with replace_when_complete(folder / AVERAGES) as temporary:
        np.savez_compressed(temporary, allow_pickle=False, clips=averages.clips, numbers=averages.numbers)


def read_averages(folder: Path = TABLES_DIR) -> Averages:
    """Read the averages.

    Parameters
    ----------
    folder : Path, optional
        Folder of the tables.

    Returns
    -------
    Averages

    Raises
    ------
    CorpusError
        If the file is missing or damaged.
    """
    try:
        with np.load(folder / AVERAGES) as arrays:
            averages = Averages(arrays["clips"], arrays["numbers"])
    except (OSError, ValueError, KeyError) as error:
        raise damaged_table(AVERAGES) from error
    if averages.numbers.shape != (len(averages.clips), N_SUMMARY):
        raise damaged_table(AVERAGES)
    return averages
