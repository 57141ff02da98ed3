"""The section "Sound map": each clip as a point, and the visitor's own clip among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio.loading import load_audio, to_wav_bytes
from ser_core.corpora.sentences import sentence_text
from ser_core.dataset.effect_sizes import eta_squared
from ser_core.dataset.sound_map import SoundMap, level_free
from ser_core.dataset.tables import RECONSTRUCTED
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import SampleError, SerError
from ser_core.lessons.lesson import with_linked_terms
from ser_core.samples import SampleSettings
from ser_core.samples.corpus_folder import CREDITS, sample_id_of
from ser_core.samples.sample import SPEAKER_WORDS, title
from ui.common import clip, engine
from ui.common.charts import CONFIG
from ui.common.classroom import is_classroom, may_judge
from ui.common.linked_choice import choose_option
from ui.common.messages import handle_user_errors, show_error
from ui.common.tokens import BAD, CATEGORIES, EMOTION_COLOURS, GOOD, GREY
from ui.dataset import charts, store
from ui.dataset.charts import PointGroup

# What the positions on the map are computed from.
AVERAGES, NETWORK = "162 averages", "the network"

# What the colours of the points show.
EMOTION, CORPUS, SPEAKER, ANSWER = "emotion", "corpus", "speaker", "answer"

_ANSWER_COLOURS = {"as intended": GOOD, "another emotion": BAD, "not asked": GREY}

_EXPLANATIONS = {
    AVERAGES: {
        EMOTION: (
            "Angry and sad clips lie apart. Most other emotions overlap, because averages over a clip hide its changes."
        ),
        CORPUS: "Corpora lie apart: part of the difference is the room and the microphone, not the emotion.",
        SPEAKER: "Clips of one speaker lie together: the speaker changes the sound more than the emotion does.",
        ANSWER: "There are wrong answers in almost every part of the map.",
    },
    NETWORK: {
        EMOTION: "Emotions lie a little further apart than on the other map: the network was trained to separate them.",
        CORPUS: "Corpora lie even further apart: the numbers also depend on rooms, microphones and single voices.",
        SPEAKER: "Clips of one speaker still lie together: no network separates the emotion from the speaker fully.",
        ANSWER: "There are wrong answers in almost every part of the map, but fewer at its edge.",
    },
}
_NEIGHBOURS = {
    AVERAGES: "Clips whose points are close together sound alike.",
    NETWORK: "Clips whose points are close together are similar inside the network.",
}
_ORIGINS = {
    AVERAGES: (
        "Each clip is described by the {n} averages of the original project, without loudness. Two numbers (principal "
        "components) are computed from them; they keep {explained:.0%} of the differences."
    ),
    NETWORK: (
        "Each clip is described by {n:,} numbers, the input of the network's last layer. Two numbers (principal "
        "components) are computed from them; they keep {explained:.0%} of the differences. The network was trained on "
        "these clips, so they are better separated than new voices would be."
    ),
}


def show(clips: pd.DataFrame) -> None:
    """Show the clips on a map, and play the clip of a point that the visitor clicks.

    Parameters
    ----------
    clips : pandas.DataFrame
        The rows of the table of clips that pass the filters.
    """
    left, right = st.columns(2)
    with left:
        basis = choose_option(
            "Computed from",
            [AVERAGES, NETWORK],
            default=AVERAGES,
            parameter="map",
            key="map_basis",
            persist_state="session",
        )
    with right:
        colour_by = choose_option(
            "Colour by",
            list(_EXPLANATIONS[basis]),
            default=EMOTION,
            parameter="colour",
            key="map_colour",
            persist_state="session",
        )
    with handle_user_errors():
        points, axes = _with_positions(clips, basis)
        if points.empty:
            st.info("None of these clips was measured, so none has a place on the map. Choose other filters.")
            return
        own_position = _own_position(basis)
        groups = _point_groups(points, colour_by)
    st.markdown(
        f"**{len(points):,} clips**. {_NEIGHBOURS[basis]} {_EXPLANATIONS[basis][colour_by]} "
        f"{_explained_share_text(points, colour_by)}Click a name under the map to hide it."
    )
    event = st.plotly_chart(
        charts.sound_map(points, _hover_texts(points), groups, own_position),
        config=CONFIG,
        key=f"sound_map_{basis}_{colour_by}",
        alt="Map of the clips, one point each",
        on_select="rerun",
        selection_mode="points",
    )
    origin = _ORIGINS[basis].format(n=len(axes.mean), explained=axes.explained.sum())
    st.caption(with_linked_terms(f"{origin} {_reconstructed_text(points, basis)}"))
    if own_position is None:
        clips_shown = "Choose a sample" if is_classroom() else "Record or choose a clip"
        st.caption(f"{clips_shown} on the first page. Then it appears here as a star.")
    for point in event["selection"]["points"][:1]:
        index = int(np.ravel(point.get("customdata", -1))[0])
        # A filter that was set after the click may have removed the clip.
        if index in points.index:
            _show_clicked_clip(points.loc[[index]].iloc[0])


def _explained_share_text(points: pd.DataFrame, colour_by: str) -> str:
    if colour_by == ANSWER or points[colour_by].nunique() < 2:
        return ""
    share = eta_squared(points[["map_x", "map_y"]], points[colour_by])
    return f"The {colour_by} explains **{share:.0%}** of the positions on this map. "


def _reconstructed_text(points: pd.DataFrame, basis: str) -> str:
    n_reconstructed = int((points["source"] == RECONSTRUCTED).sum())
    limitation = ", placed only by their mel bands and [[MFCC]]" if basis == AVERAGES else ""
    return f"{n_reconstructed:,} points are **reconstructed** clips{limitation}." if n_reconstructed else ""


def _with_positions(clips: pd.DataFrame, basis: str) -> tuple[pd.DataFrame, SoundMap]:
    """Return the clips that have a position, in ``map_x`` and ``map_y``, and the axes of the map."""
    if basis == AVERAGES:
        return clips[clips["map_x"].notna()], store.sound_map()
    network_map = store.network_map(engine.embedder().config.network_sha256)
    positions = network_map.places.reindex(clips["clip"]).to_numpy()
    clips = clips.assign(map_x=positions[:, 0], map_y=positions[:, 1])
    return clips[clips["map_x"].notna()], network_map.axes


def _own_position(basis: str) -> tuple[float, float] | None:
    own_clip = clip.current()
    # A place on the map near the points of one emotion would show an emotion of the visitor.
    if own_clip is None or not may_judge(own_clip):
        return None
    with st.spinner("Placing your clip ..."):
        if basis == AVERAGES:
            summary = engine.features(own_clip.audio).summary()
            position = store.sound_map().place(level_free(summary[None], np.zeros(1, dtype=bool)))[0]
        else:
            axes = store.network_map(engine.embedder().config.network_sha256).axes
            position = axes.place(engine.embedding(own_clip.audio)[None])[0]
    return float(position[0]), float(position[1])


def _point_groups(points: pd.DataFrame, colour_by: str) -> list[PointGroup]:
    values: pd.Series
    if colour_by == EMOTION:
        values = points["emotion"].astype(str)
        kinds = [(label, EMOTION_COLOURS[label], label) for label in LABELS]
    elif colour_by == ANSWER:
        answers = store.network_answers().set_index("clip")["answer"].reindex(points["clip"]).to_numpy(dtype=object)
        is_intended = np.where(answers == points["emotion"], "as intended", "another emotion")
        values = pd.Series(np.where(pd.isna(answers), "not asked", is_intended))
        kinds = [(name, colour, name) for name, colour in _ANSWER_COLOURS.items()]
    else:
        values = points[colour_by]
        names = sorted(values.unique())
        kinds = [(name, CATEGORIES[number % len(CATEGORIES)], name) for number, name in enumerate(names)]
    groups = [PointGroup(name, colour, np.flatnonzero((values == value).to_numpy())) for name, colour, value in kinds]
    return [group for group in groups if len(group.rows)]


def _hover_texts(points: pd.DataFrame) -> pd.Series[str]:
    suffixes = np.where(points["source"] == RECONSTRUCTED, ", reconstructed", "")
    emotions = points["emotion"].astype(str)
    return emotions.str.cat(points["speaker"], sep=", ").str.cat(points["sex"] + suffixes, sep=", ")


def _show_clicked_clip(row: pd.Series) -> None:
    with st.container(border=True):
        sentence = sentence_text(row["corpus"], row["sentence"])
        details = f"“{sentence}”, {row['duration_s']:.1f} s, intensity {row['intensity']}"
        st.markdown(f"**{row['speaker']}, {row['emotion']}** · {details}")
        if row["source"] == RECONSTRUCTED:
            st.caption("A clip that was reconstructed from a mel spectrogram is measured, but not played.")
            return
        path = store.original_paths().get(row["clip"])
        if path is None:
            st.caption("This recording is not part of the app, so it cannot be played here.")
            return
        try:
            recording = _load(path, row)
        except SerError as error:
            show_error(error)
            return
        st.audio(recording.wav, alt="The clip of the point")
        st.caption(recording.credit)
        st.button(
            "Use this clip on all pages", icon=":material/select_check_box:", on_click=clip.choose, args=(recording,)
        )


def _load(path: str, row: pd.Series) -> clip.Clip:
    """Read a recording from the data folder.

    Parameters
    ----------
    path : str
        Relative to the data folder.
    row : pandas.Series
        The clip's row in the table of clips.

    Raises
    ------
    SerError
        If the file cannot be read or decoded.
    """
    audio = load_audio(_read(path))
    return clip.Clip(
        title(SPEAKER_WORDS[row["sex"]], row["speaker"], row["emotion"]),
        audio,
        to_wav_bytes(audio.samples),
        intended=row["emotion"],
        note=f"The speaker was asked to sound {BY_LABEL[row['emotion']].adjective}",
        credit=CREDITS[row["corpus"]],
        sex=row["sex"],
        sample_id=sample_id_of(path),
    )


def _read(path: str) -> bytes:
    data_dir = SampleSettings.from_environment().data_dir
    unreadable = SampleError(
        "This recording cannot be read from the data folder",
        expected="the files that were there when the app started",
        advice="Choose another point",
    )
    if data_dir is None:
        raise unreadable
    try:
        return (data_dir / path).read_bytes()
    except OSError as error:
        raise unreadable from error
