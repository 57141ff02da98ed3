"""Where two clips stand among real voices of each emotion."""

from __future__ import annotations

import math

import streamlit as st

from ser_core.emotions import BY_LABEL
from ser_core.features.cues import WORDS, CueDisplay, Cues
from ser_core.features.reference import ALL_SEXES, PERCENTILES, Distribution, Reference
from ui.common import charts, pairs
from ui.common.messages import handle_user_errors
from ui.common.plots import go

_WHO = {ALL_SEXES: "Everybody", "female": "Women", "male": "Men"}

# The first is the one that everybody is compared with at first: it alone has all eight emotions.
_CORPUS_WORDS = {
    "RAVDESS": "RAVDESS: 20 English-speaking actors",
    "TESS": "TESS: two English-speaking actresses",
    "CREMA-D": "CREMA-D: 84 English-speaking actors, reconstructed recordings",
    "nEMO": "nEMO: seven Polish-speaking actors",
    "EMOVO": "EMOVO: six Italian-speaking actors",
}


@st.cache_resource(show_spinner=False)
def reference() -> Reference:
    """Return the committed table of real voices' cues."""
    with handle_user_errors():
        return Reference()


def choose_corpus(sex: str) -> tuple[str, str]:
    """Ask whose voices the clips are compared with.

    Parameters
    ----------
    sex : str
        That of the clips' speaker, where it is known, else ``"unknown"``: what is proposed.

    Returns
    -------
    tuple of str
        A corpus, and ``"female"``, ``"male"`` or ``"all"``.
    """
    which, who = st.columns(2)
    corpora = sorted(reference().corpora, key=list(_CORPUS_WORDS).index)
    corpus = which.selectbox(
        "Compared with", corpora, format_func=_CORPUS_WORDS.__getitem__, key="compare_corpus", persist_state="session"
    )
    chosen = who.segmented_control(
        "Whose voices?",
        list(_WHO),
        default=sex if sex in _WHO else ALL_SEXES,
        required=True,
        format_func=_WHO.__getitem__,
        key=f"compare_sex_{sex}",
    )
    return corpus, chosen


def most_like(cue: str, value: float, corpus: str, sex: str) -> str:
    """Return which emotions' voices are like this, in words.

    Parameters
    ----------
    cue : str
        A field of ``Cues``.
    value : float
        A clip's, NaN where it could not be measured.
    corpus, sex : str
        As ``choose_corpus`` returns them.

    Returns
    -------
    str
        The two nearest of the emotions whose middle half holds the value; empty where nothing is known.
    """
    spreads = reference().by_emotion(cue, corpus, sex)
    if not spreads or math.isnan(value):
        return ""
    off_middle = {emotion: abs(spread.percentile_of(value) - 50.0) for emotion, spread in spreads.items()}
    near = sorted((emotion for emotion in spreads if off_middle[emotion] <= 25.0), key=off_middle.__getitem__)
    if near:
        return f"like {', '.join(near[:2])}"
    is_high = value > max(spread.median for spread in spreads.values())
    is_low = value < min(spread.median for spread in spreads.values())
    return "higher than most of any" if is_high else "lower than most of any" if is_low else "between the emotions"


def show_cue(cue: str, cues: tuple[Cues, Cues], corpus: str, sex: str) -> None:
    """Draw how one cue is spread for each emotion, with both clips in it, and say it in words."""
    words = WORDS[cue]
    spreads = reference().by_emotion(cue, corpus, sex)
    if not spreads:
        st.info(f"These recordings say nothing of {words.name}: choose others above.", icon=":material/info:")
        return
    values = [getattr(each, cue) for each in cues]
    st.write(" ".join([words.explanation, *_sentences(values, spreads)]))
    st.plotly_chart(
        _ranges(words, values, spreads),
        config=charts.CONFIG,
        key="compare_standing",
        alt=f"How {words.name} is spread for each emotion",
    )


def _sentences(values: list[float], spreads: dict[str, Distribution]) -> list[str]:
    said = []
    for number, value in enumerate(values, start=1):
        if math.isnan(value):
            continue
        share = {emotion: spread.percentile_of(value) for emotion, spread in spreads.items()}
        least, most = min(share, key=share.__getitem__), max(share, key=share.__getitem__)
        if _about(share[least]) == _about(share[most]):
            said.append(f"In **clip {number}** it is above {_about(share[most])} of the clips of any emotion.")
        else:
            said.append(
                f"In **clip {number}** it is above {_about(share[most])} of the {most} clips and "
                f"{_about(share[least])} of the {least} ones."
            )
    return said


def _about(percentile: float) -> str:
    if percentile <= PERCENTILES[0]:
        return "hardly any"
    if percentile >= PERCENTILES[-1]:
        return "nearly all"
    return f"{percentile:.0f}%"


def _ranges(words: CueDisplay, values: list[float], spreads: dict[str, Distribution]) -> go.Figure:
    figure = go.Figure()
    for emotion, spread in spreads.items():
        p5, _, p25, median, p75, _, p95 = spread.values
        name = f"{BY_LABEL[emotion].icon} {emotion}"
        colour = BY_LABEL[emotion].colour
        for ends, width in (((p5, p95), 2), ((p25, p75), 10)):
            figure.add_scatter(
                x=ends, y=[name, name], mode="lines", line={"color": colour, "width": width}, hoverinfo="skip"
            )
        figure.add_scatter(
            x=[median],
            y=[name],
            mode="markers",
            marker={"color": "white", "size": 7, "line": {"color": colour, "width": 2}},
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
                yshift=14 * number,
                showarrow=False,
                font_color=colour,
            )
    unit = f" ({words.unit})" if words.unit else ""
    tickformat = "" if words.unit else ".0%"
    figure.update_xaxes(title=f"{words.name}{unit}", tickformat=tickformat, fixedrange=True, zeroline=False)
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, tickfont_size=14)
    figure.update_layout(height=380, margin={"l": 8, "r": 8, "t": 40, "b": 8}, showlegend=False, dragmode=False)
    return figure
