"""The committed tables that the Data page reads, cached for all visitors. They hold no visitor's data.

``st.cache_resource`` returns the same object on each run, and makes no copy as ``st.cache_data`` does. So callers must
not change a table.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset.clip_list import available_recordings
from ser_core.dataset.listeners import read_network_answers
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.sound_map import SoundMap
from ser_core.dataset.tables import read_clips, read_network_map, read_sound_map, read_votes
from ser_core.samples import SampleSettings


@st.cache_resource(show_spinner="Reading the table of clips ...")
def clips() -> pd.DataFrame:
    """Return the table of all clips, one row each."""
    return read_clips()


@st.cache_resource(show_spinner=False)
def votes() -> pd.DataFrame:
    """Return the votes of CREMA-D's listeners, by clip and emotion."""
    return read_votes()


@st.cache_resource(show_spinner=False)
def network_answers() -> pd.DataFrame:
    """Return the network's answers to clips of speakers that were not in its training."""
    return read_network_answers()


@st.cache_resource(show_spinner=False)
def sound_map() -> SoundMap:
    """Return the axes of the map made from averages."""
    return read_sound_map()


@st.cache_resource(show_spinner=False)
def network_map(network_sha256: str) -> NetworkMap:
    """Return the map made from a network's last layer.

    Parameters
    ----------
    network_sha256 : str
        SHA-256 of the network's LiteRT file. A map of another network is an error.
    """
    return read_network_map(network_sha256)


@st.cache_resource(show_spinner="Looking for the recordings ...")
def original_paths() -> dict[str, str]:
    """Return the path of each original recording in the data folder, by clip; empty without a data folder.

    Reconstructed recordings are left out: the app does not play them.
    """
    data_dir = SampleSettings.from_environment().data_dir
    if data_dir is None:
        return {}
    recordings = available_recordings(data_dir)
    originals = recordings[~recordings["reconstructed"]]
    return dict(zip(originals["clip"], originals["path"], strict=True))
