"""How the emotions differ in what can be measured of a voice."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset import effects
from ser_core.dataset.effects import MEASURES, Distribution, Measure
from ser_core.dataset.tables import RECONSTRUCTED
from ui.common.charts import CONFIG
from ui.dataset import charts, store

_TOGETHER = "all together"
_FIRST = "pitch_hz"


def show(chosen: pd.DataFrame) -> None:
    """Show one measure of the chosen clips by emotion, and the difference between two emotions in words."""
    measure, corpus, is_own_average = _ask(chosen)
    if corpus is None:
        st.info(f"None of these clips has a measured {measure.name}. Choose other filters, or another measure.")
        return
    clips = chosen if corpus == _TOGETHER else chosen[chosen["corpus"] == corpus]
    own_average = effects.against_own_average(store.clips(), measure.column)[clips.index]
    as_measured = clips[measure.column]
    values = own_average if is_own_average else as_measured
    found = effects.distributions(values, clips["emotion"])
    if len(found) < 2:
        st.info("Comparing takes two emotions with five measured clips each. Choose other filters.")
        return
    _say_reconstructed(clips, measure)
    st.markdown(
        f"**{measure.name[0].upper()}{measure.name[1:]}** by emotion: a hill is high where many clips lie; the diamond "
        f"is the middle clip, its bar holds half of them. {measure.explanation}"
    )
    figure = charts.ridges(found, measure, is_own_average=is_own_average)
    st.plotly_chart(figure, config=CONFIG, key="ridges", alt=f"{measure.name} by emotion")
    _say_difference(found, measure, values, clips["emotion"])
    _say_why(as_measured, own_average, clips, measure)


def _ask(chosen: pd.DataFrame) -> tuple[Measure, str | None, bool]:
    what, where = st.columns([1, 1])
    with what:
        column = st.selectbox(
            "What to compare",
            list(MEASURES),
            index=list(MEASURES).index(_FIRST),
            format_func=lambda each: MEASURES[each].name,
            key="measure",
            persist_state="session",
        )
    measured = chosen[chosen[column].notna()]
    corpora = sorted(measured["corpus"].unique())
    # The corpus with the most emotions says most.
    corpora.sort(key=lambda corpus: -measured.loc[measured["corpus"] == corpus, "emotion"].nunique())
    with where:
        corpus = st.segmented_control(
            "In which recordings",
            [*corpora, _TOGETHER] if len(corpora) > 1 else corpora,
            default=corpora[0] if corpora else None,
            required=bool(corpora),
            # Another set of corpora is another control, so that what was chosen is always on offer.
            key=f"measure_corpus_{'_'.join(corpora)}",
        )
    is_own_average = st.toggle(
        "Compare each speaker with their own average", key="own_average", persist_state="session"
    )
    return MEASURES[column], corpus, is_own_average


def _say_reconstructed(clips: pd.DataFrame, measure: Measure) -> None:
    is_reconstructed = (clips["source"] == RECONSTRUCTED) & clips[measure.column].notna()
    if is_reconstructed.any():
        st.caption(
            f":material/build: {int(is_reconstructed.sum()):,} of these clips are **reconstructed** "
            f"from mel spectrograms, which hold {measure.name}."
        )


def _say_difference(found: list[Distribution], measure: Measure, values: pd.Series, emotions: pd.Series) -> None:
    by_emotion = {each.emotion: each for each in found}
    ranked = sorted(found, key=lambda each: each.mean)
    names = list(by_emotion)
    left, right = st.columns(2)
    with left:
        one = st.selectbox("Compare", names, index=names.index(ranked[-1].emotion), key=f"one_{measure.column}")
    with right:
        other = st.selectbox("with", names, index=names.index(ranked[0].emotion), key=f"other_{measure.column}")
    if one == other:
        st.write("That is one emotion twice: choose another to compare it with.")
        return
    share = effects.wins_share(values, emotions, one, other)
    more, less, share = (one, other, share) if share >= 0.5 else (other, one, 1.0 - share)
    sentence = effects.in_words(measure, by_emotion[one], by_emotion[other])
    st.markdown(
        f"#### On average, {sentence}.\n"
        f"Take any {more} and any {less} clip: the {more} one has the greater number **{100 * share:.0f} times in "
        "100**; 50 would be no difference at all."
    )


def _say_why(as_measured: pd.Series, own_average: pd.Series, clips: pd.DataFrame, measure: Measure) -> None:
    by_speaker = effects.explained_share(as_measured, clips["speaker"])
    raw = effects.explained_share(as_measured, clips["emotion"])
    normalised = effects.explained_share(own_average, clips["emotion"])
    with st.container(border=True):
        st.markdown("**Why compare people with themselves?**")
        for place, label, share in zip(
            st.columns(3),
            ("Who speaks", "The emotion", "The emotion, own average"),
            (by_speaker, raw, normalised),
            strict=True,
        ):
            place.metric(label, f"{share:.0%}")
        st.caption(
            f"How much of all differences in {measure.name} between these clips each explains. Voices differ from "
            "birth: the switch above takes each speaker's own average away, and of what is left, the last number is "
            "the emotion's part."
        )
