"""Comparison of the cues of two clips with the cues of real voices of each emotion."""

from __future__ import annotations

import math

import streamlit as st

from ser_core.features.cue_percentiles import PERCENTILES, Distribution
from ser_core.features.cues import WORDS, CueDisplay, Cues
from ui.common import charts, links, pairs
from ui.common.clip import Clip
from ui.common.plots import go
from ui.common.reference_table import reference
from ui.common.tokens import EMOTION_COLOURS, WHITE
from ui.common.voices import choose_sex

# The first is chosen at the start: it is the only one with all eight emotions.
_CORPUS_NAMES = {
    "RAVDESS": "RAVDESS: 20 English-speaking actors",
    "TESS": "TESS: two English-speaking actresses",
    "CREMA-D": "CREMA-D: 84 English-speaking actors, reconstructed recordings",
    "nEMO": "nEMO: seven Polish-speaking actors",
    "EMOVO": "EMOVO: six Italian-speaking actors",
}

# A value between these percentiles of an emotion's clips counts as like that emotion: the middle half.
_MIDDLE_HALF = 25.0


def choose_voices(*clips: Clip) -> tuple[str, str]:
    """Let the visitor choose the voices that the clips are compared with.

    Parameters
    ----------
    clips : Clip
        The clips that are compared.

    Returns
    -------
    tuple of str
        A corpus, and ``"female"``, ``"male"`` or ``"all"``.
    """
    left, right = st.columns(2)
    corpora = sorted(reference().corpora, key=list(_CORPUS_NAMES).index)
    parameter = links.option("corpus", corpora, default=corpora[0])
    parameter.start("compare_corpus")
    corpus = left.selectbox(
        "Compared with", corpora, format_func=_CORPUS_NAMES.__getitem__, key="compare_corpus", persist_state="session"
    )
    parameter.keep(corpus)
    with right:
        sex = choose_sex(*clips)
    return corpus, sex


def most_like(cue: str, value: float, corpus: str, sex: str) -> str:
    """Return in words which emotions' voices have a similar value of a cue.

    Parameters
    ----------
    cue : str
        A field of ``Cues``.
    value : float
        The clip's value, NaN where it could not be measured.
    corpus, sex : str
        As ``choose_voices`` returns them.

    Returns
    -------
    str
        The two nearest of the emotions whose middle half contains the value; empty where nothing is known.
    """
    distributions = reference().by_emotion(cue, corpus, sex)
    if not distributions or math.isnan(value):
        return ""
    distance = {emotion: abs(spread.percentile_of(value) - 50.0) for emotion, spread in distributions.items()}
    nearest = sorted((emotion for emotion in distance if distance[emotion] <= _MIDDLE_HALF), key=distance.__getitem__)
    if nearest:
        return f"like {', '.join(nearest[:2])}"
    is_high = value > max(spread.median for spread in distributions.values())
    is_low = value < min(spread.median for spread in distributions.values())
    return "higher than most clips" if is_high else "lower than most clips" if is_low else "between the emotions"


def choose_cue() -> str:
    """Let the visitor choose a cue; return its name in ``Cues``."""
    parameter = links.option("cue", WORDS, default=next(iter(WORDS)))
    parameter.start("compare_cue")
    cue = st.selectbox("Which cue?", list(WORDS), format_func=lambda name: WORDS[name].name, key="compare_cue")
    parameter.keep(cue)
    return cue


def show_cue(cue: str, cues: tuple[Cues, Cues], corpus: str, sex: str) -> None:
    """Draw the distribution of one cue for each emotion with the values of both clips, and describe it in words.

    Parameters
    ----------
    cue : str
        A field of ``Cues``.
    cues : tuple of Cues
        The cues of both clips.
    corpus, sex : str
        As ``choose_voices`` returns them.
    """
    words = WORDS[cue]
    distributions = reference().by_emotion(cue, corpus, sex)
    if not distributions:
        st.info(f"No {words.name} was measured in these recordings: choose others above.", icon=":material/info:")
        return
    values = [getattr(clip_cues, cue) for clip_cues in cues]
    st.write(" ".join([words.explanation, *_sentences(values, distributions)]))
    st.plotly_chart(
        _distribution_chart(words, values, distributions),
        config=charts.CONFIG,
        key="compare_standing",
        alt=f"Distribution of {words.name} for each emotion",
    )
    st.caption("The thin line contains nine of ten clips, the thick line the middle half; the dot is the median.")


def _sentences(values: list[float], distributions: dict[str, Distribution]) -> list[str]:
    sentences = []
    for number, value in enumerate(values, start=1):
        if math.isnan(value):
            continue
        percentiles = {emotion: spread.percentile_of(value) for emotion, spread in distributions.items()}
        lowest, highest = min(percentiles, key=percentiles.__getitem__), max(percentiles, key=percentiles.__getitem__)
        low_words, high_words = _share_words(percentiles[lowest]), _share_words(percentiles[highest])
        if low_words == high_words:
            sentences.append(f"In **clip {number}** it is above {high_words} of the clips of any emotion.")
        else:
            sentences.append(
                f"In **clip {number}** it is above {high_words} of the {highest} clips and {low_words} of the "
                f"{lowest} ones."
            )
    return sentences


def _share_words(percentile: float) -> str:
    if percentile <= PERCENTILES[0]:
        return "hardly any"
    if percentile >= PERCENTILES[-1]:
        return "nearly all"
    return f"{percentile:.0f}%"


def _distribution_chart(words: CueDisplay, values: list[float], distributions: dict[str, Distribution]) -> go.Figure:
    figure = go.Figure()
    for emotion, spread in distributions.items():
        p5, _, p25, median, p75, _, p95 = spread.values
        name = emotion
        colour = EMOTION_COLOURS[emotion]
        for ends, width in (((p5, p95), 2), ((p25, p75), 10)):
            figure.add_scatter(
                x=ends, y=[name, name], mode="lines", line={"color": colour, "width": width}, hoverinfo="skip"
            )
        figure.add_scatter(
            x=[median],
            y=[name],
            mode="markers",
            marker={"color": WHITE, "size": 7, "line": {"color": colour, "width": 2}},
            hovertemplate=f"{emotion}: half of {spread.clips} clips are between {words.show(p25)} and {words.show(p75)}"
            "<extra></extra>",
        )
    for number, (value, colour) in enumerate(zip(values, pairs.COLOURS, strict=True), start=1):
        if not math.isnan(value):
            figure.add_vline(x=value, line={"width": 3, "color": colour}, layer="below")
            figure.add_annotation(
                text=f"clip {number}",
                x=value,
                y=1.0,
                yref="paper",
                # Above the line, each name on a height of its own.
                yanchor="bottom",
                yshift=14 * (number - 1),
                showarrow=False,
                font_color=colour,
            )
    unit = f" ({words.unit})" if words.unit else ""
    tickformat = "" if words.unit else ".0%"
    figure.update_xaxes(title=f"{words.name}{unit}", tickformat=tickformat, fixedrange=True, zeroline=False)
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, tickfont_size=14)
    figure.update_layout(height=380, margin={"l": 8, "r": 8, "t": 40, "b": 8}, showlegend=False, dragmode=False)
    return figure
