"""The section "By emotion": how a measured property of the voice differs between emotions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset import effect_sizes
from ser_core.dataset.effect_sizes import MEASURES, Distribution, Measure
from ser_core.dataset.tables import RECONSTRUCTED
from ui.common import links
from ui.common.charts import CONFIG
from ui.common.term_tips import linked_name
from ui.dataset import charts, store

_ALL_CORPORA = "all together"
_DEFAULT_COLUMN = "pitch_hz"


def show(clips: pd.DataFrame) -> None:
    """Show one measure by emotion, the difference between two emotions in words, and the share of the speaker in it.

    Parameters
    ----------
    clips : pandas.DataFrame
        The rows of the table of clips that pass the filters.
    """
    measure, corpus, is_relative = _choose_measure(clips)
    if corpus is None:
        st.info(f"None of these clips has a measured {measure.name}. Choose other filters, or another measure.")
        return
    if corpus != _ALL_CORPORA:
        clips = clips[clips["corpus"] == corpus]
    absolute = clips[measure.column]
    relative = effect_sizes.subtract_speaker_mean(store.clips(), measure.column)[clips.index]
    values = relative if is_relative else absolute
    distributions = effect_sizes.distributions_by_emotion(values, clips["emotion"])
    if len(distributions) < 2:
        st.info("A comparison needs two emotions with five measured clips each. Choose other filters.")
        return
    _show_reconstructed_count(clips, measure)
    name = linked_name(measure.name[0].upper() + measure.name[1:])
    st.markdown(
        f"**{name}** by emotion: a hill is high where there are many clips. The "
        f"diamond is the middle clip; half of the clips lie within the bar. {measure.explanation}"
    )
    figure = charts.ridges(distributions, measure, is_relative=is_relative)
    st.plotly_chart(figure, config=CONFIG, key="ridges", alt=f"{measure.name} by emotion")
    _show_difference(distributions, measure, values, clips["emotion"])
    _show_explained_shares(absolute, relative, clips, measure)


def _choose_measure(clips: pd.DataFrame) -> tuple[Measure, str | None, bool]:
    """Return the measure, the corpus (None if no clip was measured), and whether to compare with own averages."""
    measure_parameter = links.option("measure", MEASURES, default=_DEFAULT_COLUMN)
    measure_place, corpus_place = st.columns([1, 1])
    with measure_place:
        measure_parameter.start("measure")
        column = st.selectbox(
            "What to compare",
            list(MEASURES),
            format_func=lambda name: MEASURES[name].name,
            key="measure",
            persist_state="session",
        )
    measured = clips[clips[column].notna()]
    corpora = sorted(measured["corpus"].unique())
    # The corpus with the most emotions comes first, as the default.
    corpora.sort(key=lambda corpus: -measured.loc[measured["corpus"] == corpus, "emotion"].nunique())
    choices = [*corpora, _ALL_CORPORA] if len(corpora) > 1 else corpora
    corpus_parameter = links.option("measure_corpus", choices, default=corpora[0] if corpora else None)
    # The key names the options, so that a remembered choice is always one of them.
    corpus_key = f"measure_corpus_{'_'.join(corpora)}"
    corpus_parameter.start(corpus_key)
    with corpus_place:
        corpus = st.segmented_control("In which recordings", choices, required=bool(corpora), key=corpus_key)
    relative_parameter = links.option("own_average", (False, True), default=False)
    relative_parameter.start("own_average")
    is_relative = st.toggle("Compare each speaker with their own average", key="own_average", persist_state="session")
    measure_parameter.keep(column)
    corpus_parameter.keep(corpus)
    relative_parameter.keep(is_relative)
    return MEASURES[column], corpus, is_relative


def _show_reconstructed_count(clips: pd.DataFrame, measure: Measure) -> None:
    is_reconstructed = (clips["source"] == RECONSTRUCTED) & clips[measure.column].notna()
    if is_reconstructed.any():
        st.caption(
            f":material/build: {int(is_reconstructed.sum()):,} of these clips are **reconstructed** from mel "
            f"spectrograms. These keep the {measure.name}."
        )


def _show_difference(
    distributions: list[Distribution], measure: Measure, values: pd.Series[float], emotions: pd.Series[str]
) -> None:
    by_emotion = {distribution.emotion: distribution for distribution in distributions}
    ranked = sorted(distributions, key=lambda distribution: distribution.mean)
    names = list(by_emotion)
    keys = f"first_emotion_{measure.column}", f"second_emotion_{measure.column}"
    parameters = links.option("first", names, ranked[-1].emotion), links.option("second", names, ranked[0].emotion)
    for parameter, key in zip(parameters, keys, strict=True):
        parameter.start(key)
    left, right = st.columns(2)
    with left:
        first = st.selectbox("Compare", names, key=keys[0])
    with right:
        second = st.selectbox("with", names, key=keys[1])
    parameters[0].keep(first)
    parameters[1].keep(second)
    if first == second:
        st.write("Both are the same emotion. Choose another one to compare with.")
        return
    share = effect_sizes.common_language_effect_size(values, emotions, first, second)
    more, less, share = (first, second, share) if share >= 0.5 else (second, first, 1.0 - share)
    difference = effect_sizes.describe_difference(measure, by_emotion[first], by_emotion[second])
    st.markdown(
        f"#### On average, {difference}.\n"
        f"Take any {more} clip and any {less} clip: the {more} clip has the larger number **{100 * share:.0f} times in "
        "100**. 50 times would mean no difference."
    )


def _show_explained_shares(
    absolute: pd.Series[float], relative: pd.Series[float], clips: pd.DataFrame, measure: Measure
) -> None:
    shares = {
        "Who speaks": effect_sizes.eta_squared(absolute, clips["speaker"]),
        "The emotion": effect_sizes.eta_squared(absolute, clips["emotion"]),
        "The emotion, own average": effect_sizes.eta_squared(relative, clips["emotion"]),
    }
    with st.container(border=True):
        st.markdown("**Why compare people with themselves?**")
        for place, (label, share) in zip(st.columns(3), shares.items(), strict=True):
            place.metric(label, f"{share:.0%}")
        st.caption(
            f"Each number is a share of all differences in {measure.name} between these clips: how much the speaker or "
            "the emotion explains. Every person has a different voice. The switch above subtracts each speaker's own "
            "average. The last number is the share of the emotion in the differences that remain."
        )
