"""How good the network is on voices that it never heard, beside its yardsticks."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ser_core.corpora import LABELS_OF
from ui.common.charts import CONFIG
from ui.common.honesty import LISTENERS_AGREE
from ui.model import charts
from ui.model.store import ORIGINAL, OURS

_FIRST = "RAVDESS"
_LEAKY_EXAMPLE = "TESS"

# What the original project reports, on a random split of all four corpora.
_ORIGINAL_CLAIM = 0.71


def show(figures: dict[str, Any]) -> None:
    """Show the headline, its yardsticks, and what a random split hides."""
    ours = figures[OURS]
    new_voices, leaky = ours["speaker_independent"]["corpora"], ours["random_split"]["corpora"]
    first = new_voices[_FIRST]
    low, high = first["uar_interval"]
    for place, label, value in zip(
        st.columns(3),
        (f"{_FIRST}, new voices", "Guessing", f"{_FIRST}, random split"),
        (first["uar"], 1 / len(first["labels"]), leaky[_FIRST]["uar"]),
        strict=True,
    ):
        place.metric(label, f"{value:.1%}", border=True)
    st.markdown(
        f"On **{first['n_speakers']} RAVDESS actors that it had never heard**, the network finds {first['uar']:.1%} of "
        f"an emotion's clips, averaged over the emotions (95 % interval {low:.1%} to {high:.1%}). That is called "
        "unweighted average recall, **UAR**: no emotion counts more because it has more clips."
    )
    st.markdown("**By corpus**: the filled dot is what counts; the open red one is the same network, tested unfairly.")
    st.plotly_chart(charts.yardsticks(_rows(figures)), config=CONFIG, key="yardsticks", alt="UAR by corpus")
    st.caption(
        "People: listeners who only heard a clip and named what was meant (CREMA-D: Cao et al. 2014). The line is the "
        "95 % interval over speakers. CREMA-D's recordings are **reconstructed** from mel spectrograms here."
    )
    _show_leak(ours)


def _rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    ours, of_original = figures[OURS], figures.get(ORIGINAL, {})
    original = of_original.get("speaker_independent", {}).get("corpora", {}) | of_original.get("unseen_corpus", {})
    listeners = {"CREMA-D": LISTENERS_AGREE}
    rows = [
        {
            "name": corpus,
            "ours": found["uar"],
            "interval": found["uar_interval"],
            "guessing": 1 / len(found["labels"]),
            "original": original.get(corpus, {}).get("uar"),
            "leaky": ours["random_split"]["corpora"].get(corpus, {}).get("uar"),
            "listeners": listeners.get(corpus),
        }
        for corpus, found in ours["speaker_independent"]["corpora"].items()
    ]
    rows += [
        {
            "name": f"{corpus}, never trained on",
            "ours": found["uar"],
            "interval": found["uar_interval"],
            "guessing": 1 / len(LABELS_OF[corpus]),
            "original": original.get(corpus, {}).get("uar"),
            "listeners": found["listeners_accuracy"],
        }
        for corpus, found in ours.get("unseen_corpus", {}).items()
    ]
    return rows


def _show_leak(ours: dict[str, Any]) -> None:
    honest = ours["speaker_independent"]["corpora"][_LEAKY_EXAMPLE]
    unfair = ours["random_split"]["corpora"][_LEAKY_EXAMPLE]
    with st.container(border=True):
        st.markdown(f"**Why {_ORIGINAL_CLAIM:.0%} was not {_ORIGINAL_CLAIM:.0%}**")
        st.markdown(
            f"The original project reports {_ORIGINAL_CLAIM:.0%}, measured on clips drawn at random: the same people, "
            f"often the same sentence, were in training and in the test. See what that does with {_LEAKY_EXAMPLE}'s "
            f"two women: on a random split our network scores **{unfair['uar']:.1%}**; when it has never heard the "
            f"woman who is tested, **{honest['uar']:.1%}**. A random split asks whether it remembers a voice, not "
            "whether it hears an emotion."
        )
