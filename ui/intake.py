"""Three ways in: record, upload, or pick a sample. Whatever fails, the clip at hand stays.

``choose_clip`` is the whole of it, for the page that visitors begin on; every other page begins with ``require_clip``,
one line with the clip that they brought along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ser_core.audio import load_audio, to_wav_bytes
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import SerError
from ser_core.samples import Sample
from ui import clip, engine
from ui.messages import show_error, told_kindly

RECORD, UPLOAD, SAMPLE = "Record", "Upload", "Samples"
_ICONS = {RECORD: ":material/mic:", UPLOAD: ":material/upload_file:", SAMPLE: ":material/library_music:"}

# What the browser's file dialogue offers; what a file really is, its content decides.
FILE_TYPES = [
    "wav",
    "mp3",
    "m4a",
    "m4b",
    "mp4",
    "aac",
    "ogg",
    "oga",
    "opus",
    "webm",
    "weba",
    "mka",
    "flac",
    "aif",
    "aiff",
]

_PENDING = "pending_clip"


@dataclass(frozen=True, eq=False)
class _Pending:
    """A clip that was asked for and is not read yet; reading it may fail."""

    title: str
    read: Callable[[], bytes]
    sample: Sample | None = None


def choose_clip() -> None:
    """Show the three ways in, and make what the visitor gives the clip of all pages."""
    _show_ways_in()
    _read_pending()


def require_clip() -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it; without one, ask for it and end the page.

    Returns
    -------
    Clip
        The visitor's clip.
    """
    # Read before anything is drawn, so that the line names the clip that was just chosen, and folds up again.
    _read_pending()
    chosen = clip.current()
    if chosen is None:
        _show_ways_in()
        st.info("No clip yet: record one, upload one, or start with a sample.", icon=":material/arrow_upward:")
        st.stop()
    with st.expander(
        f"**{chosen.title}** · {chosen.audio.duration_s:.1f} s · change clip", icon=":material/headphones:"
    ):
        if chosen.note:
            st.caption(f"{chosen.note}. {chosen.credit}")
        _show_ways_in()
    return chosen


def _show_ways_in() -> None:
    way = st.segmented_control(
        "How would you like to start?",
        [RECORD, UPLOAD, SAMPLE],
        default=RECORD,
        required=True,
        format_func=lambda each: f"{_ICONS[each]} {each}",
        key="way_in",
        persist_state="session",
    )
    if way == RECORD:
        st.audio_input(
            "Press the microphone, say a sentence or two, press again to stop",
            key="recording",
            on_change=_take_widget,
            args=("recording", "Your recording"),
        )
    elif way == UPLOAD:
        st.file_uploader(
            "Choose a sound file with speech in it",
            type=FILE_TYPES,
            key="upload",
            on_change=_take_widget,
            args=("upload", "Your file"),
            help="Up to 50 MB; of longer recordings the first 10 minutes are used.",
        )
    else:
        _choose_sample()
    st.caption("Your voice stays in this session's memory: nothing is stored, and nothing is sent anywhere else.")


def _choose_sample() -> None:
    with told_kindly():
        library = engine.sample_library()
    st.caption(library.summary)
    wanted = st.pills(
        "Which emotion?",
        LABELS,
        format_func=lambda label: f"{BY_LABEL[label].icon} {label}",
        key="sample_emotion",
        persist_state="session",
    )
    titles = [sample.title for sample in library.samples if wanted in (None, sample.emotion)]
    key = f"sample_{wanted}"
    st.selectbox(
        "Which clip?",
        titles,
        index=None,
        placeholder=f"Choose one of {len(titles)} clips",
        key=key,
        on_change=_take_sample,
        args=(key,),
    )


def _take_widget(key: str, title: str) -> None:
    given = st.session_state[key]
    if given is not None:
        st.session_state[_PENDING] = _Pending(title, given.getvalue)


def _take_sample(key: str) -> None:
    library = engine.sample_library()
    for sample in library.samples:
        if sample.title == st.session_state[key]:
            st.session_state[_PENDING] = _Pending(sample.title, partial(library.load, sample), sample)


def _read_pending() -> None:
    pending: _Pending | None = st.session_state.pop(_PENDING, None)
    if pending is None:
        return
    sample = pending.sample
    try:
        with st.spinner("Reading the clip ..."):
            audio = load_audio(pending.read())
            wav = to_wav_bytes(audio.samples)
    except SerError as error:
        show_error(error)
        if clip.current() is not None:
            st.caption("The clip below is the one you had before.")
        return
    if sample is None:
        clip.choose(clip.Clip(pending.title, audio, wav))
    else:
        clip.choose(clip.Clip(pending.title, audio, wav, sample.emotion, sample.note, sample.credit))
