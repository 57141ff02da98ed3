"""The sound map: every clip as a point, and the visitor's own among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio.loading import load_audio, to_wav_bytes
from ser_core.dataset.effects import explained_share
from ser_core.dataset.sound_map import SoundMap, level_free
from ser_core.dataset.tables import RECONSTRUCTED
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import SampleError, SerError
from ser_core.samples import SampleSettings
from ser_core.samples.corpus_folder import CREDITS
from ser_core.samples.sample import WHO, title
from ui.common import clip, engine
from ui.common.charts import CONFIG
from ui.common.messages import handle_user_errors, show_error
from ui.dataset import charts, store

Groups = list[tuple[str, str, np.ndarray]]

EMOTION, CORPUS, SPEAKER, ERROR = "emotion", "corpus", "speaker", "answer"

# Plotly's colours for what has no order; speakers, of whom there are a hundred, take turns.
_COLOURS = ("#6f52d9", "#c98a00", "#2a9d8f", "#d9363e", "#3f7fd9", "#d1569b", "#6b8e23", "#808a94")

# Of what a map is made.
AVERAGES, NETWORK = "162 averages", "the network"

_WHAT_TO_SEE = {
    AVERAGES: {
        EMOTION: "Anger and sadness lie apart; most else overlaps: averages over a clip tell only so much.",
        CORPUS: "Corpora lie apart: part of what differs is the room and the microphone, not the feeling.",
        SPEAKER: "Clips of one speaker lie together: who speaks moves a clip more than what is felt.",
        ERROR: "Errors lie nearly everywhere: hardly a corner of the map is easy.",
    },
    NETWORK: {
        EMOTION: "Emotions lie further apart than on the other map: to tell them is what the network learnt.",
        CORPUS: "Corpora lie even further apart: the network hears rooms, microphones and single voices, too.",
        SPEAKER: "Clips of one speaker still lie together: no network hears an emotion by itself.",
        ERROR: "Errors are fewer away from the middle, where emotions mix.",
    },
}


def show(chosen: pd.DataFrame) -> None:
    """Show the chosen clips on a map."""
    left, right = st.columns(2)
    with left:
        of = st.segmented_control(
            "Made of", [AVERAGES, NETWORK], default=AVERAGES, required=True, key="map_of", persist_state="session"
        )
    with right:
        by = st.segmented_control(
            "Colour by",
            list(_WHAT_TO_SEE[of]),
            default=EMOTION,
            required=True,
            key="map_colour",
            persist_state="session",
        )
    with handle_user_errors():
        points, axes = _placed(chosen, of)
        if points.empty:
            st.info("None of these clips was measured, so none has a place on the map. Choose other filters.")
            return
        own = _own_place(of)
        groups = _groups(points, by)
    st.markdown(
        f"**{len(points):,} clips**: points that lie close sound alike{_TO_WHOM[of]}. {_WHAT_TO_SEE[of][by]} "
        f"{_told_share(points, by)}Click a name under the map to hide it."
    )
    event = st.plotly_chart(
        charts.sound_map(points, _told(points), groups, own),
        config=CONFIG,
        key=f"sound_map_{of}_{by}",
        alt="Map of all clips, one point each",
        on_select="rerun",
        selection_mode="points",
    )
    made_of = _MADE_OF[of].format(n=len(axes.mean), explained=axes.explained.sum())
    st.caption(f"{made_of} {_on_reconstructed(points, of)}")
    if own is None:
        st.caption("Record or choose a clip on the first page, and it appears here as a star.")
    for point in event["selection"]["points"][:1]:
        row = int(np.ravel(point.get("customdata", -1))[0])
        # What was picked may have been filtered away since.
        if row in points.index:
            _show_picked(points.loc[row])


def _told_share(points: pd.DataFrame, by: str) -> str:
    if by == ERROR or points[by].nunique() < 2:
        return ""
    share = explained_share(points[["map_x", "map_y"]], points[by])
    return f"The {by} alone explains **{share:.0%}** of where clips lie on this map. "


_TO_WHOM = {AVERAGES: "", NETWORK: " to the network"}
_MADE_OF = {
    AVERAGES: (
        "Each clip is the original project's {n} averages with loudness taken out, squeezed into two numbers "
        "(principal components) that keep {explained:.0%} of the differences."
    ),
    NETWORK: (
        "Each clip is the {n:,} numbers from which the network's last layer makes its answer, squeezed into two "
        "(principal components) that keep {explained:.0%} of the differences. It learnt from these very clips, so they "
        "lie tidier than new voices would."
    ),
}


def _on_reconstructed(points: pd.DataFrame, of: str) -> str:
    n_reconstructed = int((points["source"] == RECONSTRUCTED).sum())
    by = ", placed by mel bands and MFCC alone" if of == AVERAGES else ""
    return f"{n_reconstructed:,} points are **reconstructed** clips{by}." if n_reconstructed else ""


def _placed(chosen: pd.DataFrame, of: str) -> tuple[pd.DataFrame, SoundMap]:
    """Return the clips that have a place, with it, and the map's axes."""
    if of == AVERAGES:
        return chosen[chosen["map_x"].notna()], store.sound_map()
    found = store.network_map(engine.embedder().config.network_sha256)
    places = found.places.reindex(chosen["clip"]).to_numpy()
    placed = chosen.assign(map_x=places[:, 0], map_y=places[:, 1])
    return placed[placed["map_x"].notna()], found.axes


def _own_place(of: str) -> tuple[float, float] | None:
    chosen = clip.current()
    if chosen is None:
        return None
    with st.spinner("Placing your clip ..."):
        if of == AVERAGES:
            summary = engine.features(chosen.audio).summary()
            place = store.sound_map().place(level_free(summary[None], np.zeros(1, dtype=bool)))[0]
        else:
            axes = store.network_map(engine.embedder().config.network_sha256).axes
            place = axes.place(engine.embedding(chosen.audio)[None])[0]
    return float(place[0]), float(place[1])


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
    reconstructed = np.where(points["source"] == RECONSTRUCTED, ", reconstructed", "")
    return points["emotion"].astype(str) + ", " + points["speaker"] + ", " + points["sex"] + reconstructed


def _show_picked(row: pd.Series) -> None:
    with st.container(border=True):
        known = f"{row['duration_s']:.1f} s, intensity {row['intensity']}, sentence {row['sentence']}"
        st.markdown(f"**{row['speaker']}, {row['emotion']}** {BY_LABEL[row['emotion']].icon} · {known}")
        if row["source"] == RECONSTRUCTED:
            st.caption("A clip reconstructed from a mel spectrogram is measured, never played.")
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
