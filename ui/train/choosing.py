"""What is trained: features, corpora, number of clips, epochs and the split. The address names the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.own_network import choices as limits
from ser_core.own_network.choices import BY_SPEAKER, KERAS, RANDOM, SPLITS, Choices
from ser_core.own_network.learning_table import count_clips
from ui.common import links
from ui.common.linked_choice import choose_option
from ui.train.words import FEATURE_NAMES

_DEFAULT = Choices()
_BOTH = "Both"
_SPLITS_OF = {_BOTH: SPLITS, "Random": (RANDOM,), "By speaker": (BY_SPEAKER,)}
_CORPUS_NAMES = {
    "RAVDESS": "RAVDESS: 20 actors",
    "TESS": "TESS: 2 women",
    "CREMA-D": "CREMA-D: 84 actors",
}


def choose(method: str) -> Choices | None:
    """Show the choices.

    Parameters
    ----------
    method : str
        The method of the training.

    Returns
    -------
    Choices or None
        None where no feature or no corpus is chosen.
    """
    features = _choose_several("Features, and how many numbers each has", FEATURE_NAMES, _DEFAULT.features, "features")
    corpora = _choose_several("Recordings", _CORPUS_NAMES, _DEFAULT.corpora, "corpora")
    left, right = st.columns(2, gap="large")
    with left:
        n_clips = _choose_number(
            "Number of clips", "clips", limits.FEWEST_CLIPS, limits.MOST_CLIPS, _DEFAULT.n_clips, step=100
        )
    with right:
        n_epochs = _choose_number(
            "Epochs: passes through the clips", "epochs", 1, limits.MOST_EPOCHS, _DEFAULT.n_epochs
        )
    split = choose_option(
        "How are training clips and test clips divided?",
        list(_SPLITS_OF),
        default=_BOTH,
        parameter="split",
        key="train_split",
        persist_state="session",
        help="Random: a fifth of the clips is kept for the test. By speaker: all clips of a fifth of the speakers are. "
        "Both: one network for each, one after the other.",
    )
    if not features or not corpora:
        st.caption("Choose at least one feature and one collection of recordings.")
        return None
    n_there = _count(corpora)
    if n_there < n_clips:
        st.caption(f"These recordings have {n_there:,} clips: all of them are taken.")
    return Choices(features, corpora, n_clips, n_epochs, _SPLITS_OF[split], method)


def explain_data(method: str) -> None:
    """Show what the clips and the network are."""
    network = "a Conv1D network in Keras (a small [[CNN]])" if method == KERAS else "scikit-learn's perceptron"
    st.caption(
        with_linked_terms(
            f"It trains {network} on the [[average|averages]] of each clip over time: up to 162 numbers, the ones of "
            "the original project. CREMA-D's recordings were rebuilt from published [[spectrogram|spectrograms]], so "
            "their loudness and zero crossings are not the originals'."
        )
    )


@st.cache_data(show_spinner=False)
def _count(corpora: tuple[str, ...]) -> int:
    return count_clips(corpora)


def _choose_several(label: str, names: Mapping[str, str], default: Sequence[str], parameter: str) -> tuple[str, ...]:
    choice_in_address = links.options(parameter, list(names), default)
    key = f"train_{parameter}"
    choice_in_address.start(key)
    chosen = st.pills(
        label,
        list(names),
        selection_mode="multi",
        format_func=names.__getitem__,
        key=key,
        persist_state="session",
    )
    choice_in_address.keep(chosen)
    # In one order, whatever the order of the clicks.
    return tuple(option for option in names if option in chosen)


def _choose_number(label: str, parameter: str, low: int, high: int, default: int, *, step: int = 1) -> int:
    choice_in_address = links.number(parameter, low, high, step, default)
    key = f"train_{parameter}"
    if key not in st.session_state:
        st.session_state[key] = int(choice_in_address.value_in_address())
    number = st.slider(label, low, high, step=step, key=key, persist_state="session")
    choice_in_address.keep(number)
    return number
