"""What people hear in CREMA-D's clips, beside what the network hears."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.corpora import crema_d
from ser_core.dataset import listeners
from ser_core.dataset.selection import INTENSITIES
from ui.common.charts import CONFIG
from ui.common.confusion import confusion, in_percent
from ui.common.messages import handle_user_errors
from ui.dataset import charts, store


def show(chosen: pd.DataFrame) -> None:
    """Show how people and the network heard the chosen clips of CREMA-D."""
    clips = chosen[(chosen["corpus"] == crema_d.CORPUS) & (chosen["defect"] == "")].set_index("clip")
    with handle_user_errors():
        votes, network = store.votes(), listeners.as_votes(store.network_answers())
    if not len(clips.index.intersection(votes.index)):
        st.info("Only CREMA-D has listeners' votes, and the filters leave none of it. Clear the corpus filter.")
        return
    heard_by_both = clips[clips.index.isin(network.index)]
    intended = heard_by_both["emotion"].astype(str)
    n_votes = int(votes.loc[votes.index.intersection(clips.index)].to_numpy().sum())
    st.markdown(
        f"CREMA-D's makers played each clip to about nine people. Here are the **{n_votes:,} votes** of those who only "
        f"heard it, on the {len(clips):,} chosen clips; the comparison is on the {len(heard_by_both):,} of them that "
        "the network answered too. People heard the originals, the network recordings **reconstructed** from mel "
        "spectrograms, of actors that it had not heard before."
    )
    if heard_by_both.empty:
        st.info("The network answered none of these clips. Choose other filters.")
        return
    _show_headline(votes, network, intended)
    for place, name, table in zip(
        st.columns(2, gap="large"), ("Listeners", "The network"), (votes, network), strict=True
    ):
        with place:
            st.markdown(f"**{name}**: each row is one intended emotion; the diagonal was heard as meant.")
            shares = listeners.confusion(table, intended).to_numpy()
            figure = confusion(shares, listeners.LABELS, in_percent(shares), answer="heard")
            st.plotly_chart(figure, config=CONFIG, key=f"confusion_{name}", alt=f"What {name.lower()} heard")
    st.markdown("**As meant, by emotion**: which feelings come across, to people and to the network.")
    _show_agreement(votes, network, intended, intended, listeners.LABELS, "emotion")
    st.markdown(
        "**As meant, by intensity**: one sentence was acted at three strengths; a strong feeling is easier to hear."
    )
    _show_agreement(votes, network, intended, heard_by_both["intensity"], INTENSITIES, "intensity")


def _show_headline(votes: pd.DataFrame, network: pd.DataFrame, intended: pd.Series) -> None:
    everything = pd.Series("all", index=intended.index)
    one = listeners.agreement(votes, intended, everything)["share"].iloc[0]
    machine = listeners.agreement(network, intended, everything)["share"].iloc[0]
    st.markdown("**How often the answer is what the actor was asked for** (guessing: 17%)")
    for place, label, share in zip(
        st.columns(3),
        ("One listener", "Most listeners", "The network"),
        (one, listeners.majority_share(votes, intended), machine),
        strict=True,
    ):
        place.metric(label, f"{share:.0%}", border=True)
    st.caption(
        "Not a fair race: the network was trained to name what actors were asked for; listeners said what they heard, "
        "and often heard nothing special."
    )


def _show_agreement(
    votes: pd.DataFrame,
    network: pd.DataFrame,
    intended: pd.Series,
    group: pd.Series,
    order: tuple[str, ...],
    name: str,
) -> None:
    people, machine = (listeners.agreement(table, intended, group) for table in (votes, network))
    kinds = [kind for kind in order if kind in people.index]
    figure = charts.agreement_bars(people, machine, kinds)
    st.plotly_chart(figure, config=CONFIG, key=f"agreement_{name}", alt=f"Share heard as meant, by {name}")
