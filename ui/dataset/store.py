"""The committed tables, read once for all visitors: nothing in them is a visitor's.

They are handed out as they are, not copied for each run as ``st.cache_data`` would: nobody changes them.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset.listeners import read_network_answers
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.sound_map import SoundMap
from ser_core.dataset.tables import read_clips, read_network_map, read_sound_map, read_votes
from ser_core.dataset.target import at_hand
from ser_core.samples import SampleSettings


@st.cache_resource(show_spinner="Reading the table of clips ...")
def clips() -> pd.DataFrame:
    """Return the table of all clips."""
    return read_clips()


@st.cache_resource(show_spinner=False)
def votes() -> pd.DataFrame:
    """Return what CREMA-D's listeners heard."""
    return read_votes()


@st.cache_resource(show_spinner=False)
def network_answers() -> pd.DataFrame:
    """Return what the network made of clips of speakers that it had not heard."""
    return read_network_answers()


@st.cache_resource(show_spinner=False)
def sound_map() -> SoundMap:
    """Return what places a clip on the sound map."""
    return read_sound_map()


@st.cache_resource(show_spinner=False)
def network_map(network_sha256: str) -> NetworkMap:
    """Return where the clips lie for a network."""
    return read_network_map(network_sha256)


@st.cache_resource(show_spinner="Looking for the recordings ...")
def playable() -> dict[str, str]:
    """Return the path of each original recording in the data folder, by clip; empty without a data folder."""
    data_dir = SampleSettings.from_environment().data_dir
    if data_dir is None:
        return {}
    found = at_hand(data_dir)
    originals = found[~found["reconstructed"]]
    return dict(zip(originals["clip"], originals["path"], strict=True))
