"""Writing and reading of the committed tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ser_core.atomic_write import replace_when_complete
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.sound_map import SoundMap
from ser_core.emotions import LABELS
from ser_core.errors import CorpusError
from ser_core.paths import MODELS_DIR

TABLES_DIR = MODELS_DIR / "data"

# The sources of a clip's measurements.
MEASURED, RECONSTRUCTED, INVENTORY_ONLY = "measured here", "reconstructed", "inventory only"
SOURCES = (MEASURED, RECONSTRUCTED, INVENTORY_ONLY)

_CLIPS, _VOTES, _SOUND_MAP = "clips.csv.gz", "crema_d_votes.csv.gz", "sound_map.npz"
NETWORK_MAP = "network_map.npz"
# A fixed time stamp: equal tables give equal bytes.
_GZIP = {"method": "gzip", "mtime": 0}
_KEPT_AS_TEXT = {"sentence": "str", "defect": "str"}


def write_tables(folder: Path, clips: pd.DataFrame, votes: pd.DataFrame, sound_map: SoundMap) -> None:
    """Write the tables that the Data page reads.

    Parameters
    ----------
    folder : Path
        Folder for the tables; it is created if it is missing.
    clips : pandas.DataFrame
        The table of clips, as ``read_clips`` returns it.
    votes : pandas.DataFrame
        The votes, as ``read_votes`` returns them.
    sound_map : SoundMap
        The map that placed the clips.
    """
    with replace_when_complete(folder / _CLIPS) as temporary:
        clips.to_csv(temporary, index=False, compression=_GZIP, lineterminator="\n")
    with replace_when_complete(folder / _VOTES) as temporary:
        votes.to_csv(temporary, compression=_GZIP, lineterminator="\n")
    with replace_when_complete(folder / _SOUND_MAP) as temporary:
        sound_map.save(temporary)


def read_clips(folder: Path = TABLES_DIR) -> pd.DataFrame:
    """Read the table of clips.

    Parameters
    ----------
    folder : Path, optional
        Folder of the tables.

    Returns
    -------
    pandas.DataFrame
        One row per clip: the columns of ``list_clips``, ``source``, the cues, ``mfcc_1`` to ``mfcc_20`` (means over
        the clip), ``map_x`` and ``map_y``. NaN where a value was not measured, or where a reconstructed clip does not
        have it.

    Raises
    ------
    CorpusError
        If the table is missing or damaged.
    """
    try:
        table = pd.read_csv(folder / _CLIPS, dtype=_KEPT_AS_TEXT)
        table["defect"] = table["defect"].fillna("")
        for column, categories in (("emotion", LABELS), ("source", SOURCES)):
            table[column] = pd.Categorical(table[column], categories=categories)
    except (OSError, ValueError, KeyError) as error:
        raise damaged_table(_CLIPS) from error
    return table


def read_votes(folder: Path = TABLES_DIR) -> pd.DataFrame:
    """Read the votes of CREMA-D's listeners.

    Parameters
    ----------
    folder : Path, optional
        Folder of the tables.

    Returns
    -------
    pandas.DataFrame
        Number of votes by emotion, one row per clip, indexed by ``clip``.

    Raises
    ------
    CorpusError
        If the table is missing or damaged.
    """
    try:
        return pd.read_csv(folder / _VOTES, index_col="clip")
    except (OSError, ValueError, KeyError) as error:
        raise damaged_table(_VOTES) from error


def read_sound_map(folder: Path = TABLES_DIR) -> SoundMap:
    """Read the sound map, which places further clips.

    Parameters
    ----------
    folder : Path, optional
        Folder of the tables.

    Returns
    -------
    SoundMap

    Raises
    ------
    CorpusError
        If the parameters are missing or damaged.
    """
    try:
        return SoundMap.load(folder / _SOUND_MAP)
    except (OSError, ValueError, KeyError) as error:
        raise damaged_table(_SOUND_MAP) from error


def read_network_map(network_sha256: str, folder: Path = TABLES_DIR) -> NetworkMap:
    """Read the network map.

    Parameters
    ----------
    network_sha256 : str
        SHA-256 of the file of the network that is in use.
    folder : Path, optional
        Folder of the tables.

    Returns
    -------
    NetworkMap

    Raises
    ------
    CorpusError
        If the map is missing, damaged, or was made with another network.
    """
    try:
        network_map = NetworkMap.load(folder / NETWORK_MAP)
    except (OSError, ValueError, KeyError) as error:
        raise damaged_table(NETWORK_MAP, "network-map") from error
    if network_map.network_sha256 != network_sha256:
        raise CorpusError(
            "The network's map was made with another network than the one that is served",
            expected="one map for each network",
            advice="Make it anew with python -m ser_core network-map",
        )
    return network_map


def damaged_table(name: str, command: str = "inventory") -> CorpusError:
    """Return the error for a committed table that cannot be read; ``command`` is the one that makes the table."""
    return CorpusError(
        f"The table {name} is missing or damaged",
        expected="the tables that come with the app, in models/data",
        advice=f"Restore that folder, or make it anew with python -m ser_core {command}",
    )
