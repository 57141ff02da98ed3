"""The section "Listeners": how people and the network recognise CREMA-D's clips."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.corpora import crema_d
from ser_core.dataset import listeners
from ser_core.dataset.filters import INTENSITIES
from ser_core.lessons.lesson import with_linked_terms
from ui.common.chart_table import show_chart
from ui.common.confusion import confusion, in_percent
from ui.common.messages import handle_user_errors
from ui.dataset import charts, store


def show(clips: pd.DataFrame) -> None:
    """Show the votes of CREMA-D's listeners next to the network's answers.

    Parameters
    ----------
    clips : pandas.DataFrame
        The rows of the table of clips that pass the filters.
    """
    crema_d_clips = clips[(clips["corpus"] == crema_d.CORPUS) & (clips["defect"] == "")].set_index("clip")
    with handle_user_errors():
        votes, answers = store.votes(), listeners.as_votes(store.network_answers())
    voted_clips = votes.index.intersection(crema_d_clips.index)
    if voted_clips.empty:
        st.info("Only CREMA-D has votes of listeners, and no clip of it passes the filters. Clear the corpus filter.")
        return
    answered_clips = crema_d_clips[crema_d_clips.index.isin(answers.index)]
    intended = answered_clips["emotion"].astype(str)
    n_votes = int(votes.loc[voted_clips].to_numpy().sum())
    st.markdown(
        with_linked_terms(
            f"The makers of CREMA-D played each clip to about nine people. Here are the **{n_votes:,} votes** of the "
            f"people who only heard it and did not see the face, on {len(crema_d_clips):,} clips. They chose one of "
            f"six emotions. The comparison uses the {len(answered_clips):,} clips that the network was tested on. "
            "People heard the original recordings. The [[network]]'s clips were **reconstructed** from "
            "[[mel spectrogram|mel spectrograms]], and their actors were not in its [[training]]."
        )
    )
    if answered_clips.empty:
        st.info("There is no network's answer to any of these clips. Choose other filters.")
        return
    _show_agreement_metrics(votes, answers, intended)
    for place, name, table in zip(
        st.columns(2, gap="large"), ("Listeners", "The network"), (votes, answers), strict=True
    ):
        with place:
            st.markdown(
                f"**{name}**: a row is the emotion that the actor played, a column is the answer. The diagonal is "
                "where both are the same."
            )
            shares = listeners.confusion(table, intended).to_numpy()
            figure = confusion(shares, listeners.LABELS, in_percent(shares), answer="answered")
            show_chart(figure, key=f"confusion_{name}", alt=f"Confusion matrix: {name.lower()}")
    st.markdown("**As intended, by emotion**: which feelings people and the network recognise.")
    _show_agreement_chart(votes, answers, intended, intended, listeners.LABELS, "emotion")
    st.markdown(
        "**As intended, by intensity**: one sentence was acted at three strengths. A strong feeling is easier to "
        "recognise."
    )
    _show_agreement_chart(votes, answers, intended, answered_clips["intensity"], INTENSITIES, "intensity")


def _show_agreement_metrics(votes: pd.DataFrame, answers: pd.DataFrame, intended: pd.Series[str]) -> None:
    one_group = pd.Series("all", index=intended.index)
    shares = {
        "One listener": listeners.agreement(votes, intended, one_group)["share"].iloc[0],
        "Most listeners": listeners.majority_share(votes, intended),
        "The network": listeners.agreement(answers, intended, one_group)["share"].iloc[0],
    }
    st.markdown("**How often the answer is the emotion that the actor played** (guessing: 17%)")
    for place, (label, share) in zip(st.columns(3), shares.items(), strict=True):
        place.metric(label, f"{share:.0%}", border=True)
    st.caption(
        "This comparison is not fair to people: the network was trained to name the emotion that the actor played. "
        "Listeners chose what they heard, and often they heard no emotion."
    )


def _show_agreement_chart(
    votes: pd.DataFrame,
    answers: pd.DataFrame,
    intended: pd.Series[str],
    groups: pd.Series[str],
    group_order: tuple[str, ...],
    name: str,
) -> None:
    people, network = (listeners.agreement(table, intended, groups) for table in (votes, answers))
    group_names = [group for group in group_order if group in people.index]
    figure = charts.agreement_bars(people, network, group_names)
    show_chart(figure, key=f"agreement_{name}", alt=f"Share answered as intended, by {name}")
