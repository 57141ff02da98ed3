"""The sound map: every clip as a point, and the visitor's own among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio import load_audio, to_wav_bytes
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import SampleError, SerError
from ser_core.inventory.tables import REBUILT
from ser_core.samples import SampleSettings
from ser_core.samples.corpus_folder import CREDITS
from ser_core.samples.sample import WHO, title
from ui import clip, engine
from ui.charts import CONFIG
from ui.dataset import charts, store
from ui.messages import show_error, told_kindly

Groups = list[tuple[str, str, np.ndarray]]

EMOTION, CORPUS, SPEAKER, ERROR = "emotion", "corpus", "speaker", "the network's answer"

# Plotly's colours for what has no order; speakers, of whom there are a hundred, take turns.
_COLOURS = ("#6f52d9", "#c98a00", "#2a9d8f", "#d9363e", "#3f7fd9", "#d1569b", "#6b8e23", "#808a94")

_WHAT_TO_SEE = {
    EMOTION: "Anger and sadness lie apart; most else overlaps: averages over a clip tell only so much.",
    CORPUS: "Corpora lie apart: part of what differs is the room and the microphone, not the feeling.",
    SPEAKER: "Clips of one speaker lie together: who speaks moves a clip more than what is felt.",
    ERROR: "Errors lie nearly everywhere: hardly a corner of the map is easy.",
}


def show(chosen: pd.DataFrame) -> None:
    """Show the chosen clips on the map."""
    points = chosen[chosen["map_x"].notna()]
    if points.empty:
        st.info("None of these clips was measured, so none has a place on the map. Choose other filters.")
        return
    by = st.segmented_control(
        "Colour by", list(_WHAT_TO_SEE), default=EMOTION, required=True, key="map_colour", persist_state="session"
    )
    with told_kindly():
        own = _own_place()
        groups = _groups(points, by)
        explained = store.sound_map().explained.sum()
    n_rebuilt = int((points["source"] == REBUILT).sum())
    st.markdown(
        f"**{len(points):,} clips**: points that lie close sound alike. {_WHAT_TO_SEE[by]} "
        "Click a name under the map to hide it."
    )
    event = st.plotly_chart(
        charts.sound_map(points, _told(points), groups, own),
        config=CONFIG,
        key=f"sound_map_{by}",
        alt="Map of all clips, one point each",
        on_select="rerun",
        selection_mode="points",
    )
    st.caption(
        "Each clip is the original project's 162 averages with loudness taken out, squeezed into two numbers "
        f"(principal components) that keep {explained:.0%} of the differences. "
        + (f"{n_rebuilt:,} points are **rebuilt** clips, placed by mel bands and MFCC alone." if n_rebuilt else "")
    )
    if own is None:
        st.caption("Record or choose a clip on the first page, and it appears here as a star.")
    for point in event["selection"]["points"][:1]:
        row = int(np.ravel(point.get("customdata", -1))[0])
        # What was picked may have been filtered away since.
        if row in points.index:
            _show_picked(points.loc[row])


def _own_place() -> tuple[float, float] | None:
    chosen = clip.current()
    if chosen is None:
        return None
    with st.spinner("Placing your clip ..."):
        summary = engine.features(chosen.audio).summary()
    x, y = store.sound_map().place(summary[None], np.zeros(1, dtype=bool))[0]
    return float(x), float(y)


def _groups(points: pd.DataFrame, by: str) -> Groups:
    if by == EMOTION:
        kinds = [(f"{BY_LABEL[label].icon} {label}", BY_LABEL[label].colour, label) for label in LABELS]
        return _split(kinds, points["emotion"].astype(str))
    if by == ERROR:
        answers = store.network_answers().set_index("clip")["answer"].reindex(points["clip"]).to_numpy(dtype=object)
        judged = np.where(pd.isna(answers), "not asked", np.where(answers == points["emotion"], "as meant", "another"))
        colours = {"as meant": "#2a9d8f", "another": "#d9363e", "not asked": "#808a94"}
        return _split([(name, colour, name) for name, colour in colours.items()], pd.Series(judged))
    column = {CORPUS: "corpus", SPEAKER: "speaker"}[by]
    names = sorted(points[column].unique())
    kinds = [(name, _COLOURS[i % len(_COLOURS)], name) for i, name in enumerate(names)]
    return _split(kinds, points[column])


def _split(kinds: list[tuple[str, str, str]], values: pd.Series) -> Groups:
    groups = [(name, colour, np.flatnonzero((values == value).to_numpy())) for name, colour, value in kinds]
    return [group for group in groups if len(group[2])]


def _told(points: pd.DataFrame) -> pd.Series:
    rebuilt = np.where(points["source"] == REBUILT, ", rebuilt", "")
    return points["emotion"].astype(str) + ", " + points["speaker"] + ", " + points["sex"] + rebuilt


def _show_picked(row: pd.Series) -> None:
    with st.container(border=True):
        known = f"{row['duration_s']:.1f} s, intensity {row['intensity']}, sentence {row['sentence']}"
        st.markdown(f"**{row['speaker']}, {row['emotion']}** {BY_LABEL[row['emotion']].icon} · {known}")
        if row["source"] == REBUILT:
            st.caption("A clip rebuilt from a mel spectrogram is measured, never played.")
            return
        path = store.playable().get(row["clip"])
        if path is None:
            st.caption("The recording itself is not part of this app, so it cannot be played here.")
            return
        try:
            loaded = _load(path, row)
        except SerError as error:
            show_error(error)
            return
        st.audio(loaded.wav, alt="The clip of the point")
        st.caption(loaded.credit)
        st.button(
            "Use this clip on all pages", icon=":material/select_check_box:", on_click=clip.choose, args=(loaded,)
        )


def _load(path: str, row: pd.Series) -> clip.Clip:
    try:
        content = (SampleSettings.from_environment().data_dir / path).read_bytes()
    except OSError as error:
        raise SampleError(
            "This recording cannot be read from the data folder",
            expected="Files stay where they were when the app started",
            advice="Choose another point",
        ) from error
    audio = load_audio(content)
    return clip.Clip(
        title(WHO[row["sex"]], row["speaker"], row["emotion"]),
        audio,
        to_wav_bytes(audio.samples),
        row["emotion"],
        f"The speaker was asked to sound {BY_LABEL[row['emotion']].adjective}",
        CREDITS[row["corpus"]],
    )
