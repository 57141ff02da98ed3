"""Three ways in: record, upload, or pick a sample. Whatever fails, the clip at hand stays.

``choose_clip`` is the whole of it, for the page that visitors begin on; every other page begins with ``require_clip``,
one line with the clip that they brought along, or with ``offer_clip``, the same for a clip that has a stand-in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import SerError
from ui.common import clip, engine, event_log
from ui.common.lost_clip import tell_if_lost
from ui.common.messages import handle_user_errors, show_error

if TYPE_CHECKING:
    from ser_core.samples import Sample

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

_PENDING = "pending"


@dataclass(frozen=True, eq=False)
class _Pending:
    """A clip that was asked for and is not read yet; reading it may fail."""

    title: str
    read: Callable[[], bytes]
    sample: Sample | None = None


def choose_clip() -> None:
    """Show the three ways in, and make what the visitor gives the clip of all pages."""
    _show_ways_in(clip.FIRST)
    _read_pending(clip.FIRST)
    tell_if_lost(clip.current())


def require_clip() -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it; without one, ask for it and end the page.

    Returns
    -------
    Clip
        The visitor's clip.
    """
    # Read before anything is drawn, so that the line names the clip that was just chosen, and folds up again.
    _read_pending(clip.FIRST)
    chosen = clip.current()
    tell_if_lost(chosen)
    if chosen is None:
        _show_ways_in(clip.FIRST)
        st.info("No clip yet: record one, upload one, or start with a sample.", icon=":material/arrow_upward:")
        st.stop()
    _show_in_one_line(chosen, clip.FIRST)
    return chosen


def offer_clip(slot: str, stand_in: Callable[[], clip.Clip]) -> clip.Clip:
    """Show a clip in one line that unfolds to change it.

    Parameters
    ----------
    slot : str
        ``clip.FIRST``, the clip of all pages, or ``clip.SECOND``.
    stand_in : callable
        What it is until the visitor chooses one.

    Returns
    -------
    Clip
    """
    _read_pending(slot)
    if slot == clip.FIRST:
        tell_if_lost(clip.current())
    chosen = clip.current(slot) or stand_in()
    _show_in_one_line(chosen, slot)
    return chosen


def read_sample(sample: Sample) -> clip.Clip:
    """Return a sample as a clip.

    Raises
    ------
    SerError
        If it cannot be had or read.
    """
    return _read(_pending_sample(sample))


def _show_in_one_line(chosen: clip.Clip, slot: str) -> None:
    heading = f"**{chosen.title}** · {chosen.audio.duration_s:.1f} s · change clip"
    with st.expander(heading, icon=":material/headphones:"):
        if chosen.note:
            st.caption(f"{chosen.note}. {chosen.credit}")
        _show_ways_in(slot)


def _key(name: str, slot: str) -> str:
    return name if slot == clip.FIRST else f"{slot}_{name}"


def _show_ways_in(slot: str) -> None:
    way = st.segmented_control(
        "How would you like to start?",
        [RECORD, UPLOAD, SAMPLE],
        default=RECORD,
        required=True,
        format_func=lambda each: f"{_ICONS[each]} {each}",
        key=_key("way_in", slot),
        persist_state="session",
    )
    if way == RECORD:
        st.audio_input(
            "Press the microphone, say a sentence or two, press again to stop",
            key=_key("recording", slot),
            on_change=_take_widget,
            args=("recording", slot, "Your recording"),
        )
    elif way == UPLOAD:
        st.file_uploader(
            "Choose a sound file with speech in it",
            type=FILE_TYPES,
            key=_key("upload", slot),
            on_change=_take_widget,
            args=("upload", slot, "Your file"),
            help="Up to 50 MB; of longer recordings the first 10 minutes are used.",
        )
    else:
        _choose_sample(slot)
    st.caption("Your voice stays in this session's memory: nothing is stored, and nothing is sent anywhere else.")


def _choose_sample(slot: str) -> None:
    with handle_user_errors():
        library = engine.sample_library()
    st.caption(library.summary)
    wanted = st.pills(
        "Which emotion?",
        LABELS,
        format_func=lambda label: f"{BY_LABEL[label].icon} {label}",
        key=_key("sample_emotion", slot),
        persist_state="session",
    )
    titles = [sample.title for sample in library.samples if wanted in (None, sample.emotion)]
    key = _key(f"sample_{wanted}", slot)
    st.selectbox(
        "Which clip?",
        titles,
        index=None,
        placeholder=f"Choose one of {len(titles)} clips",
        key=key,
        on_change=_take_sample,
        args=(key, slot),
    )


def _take_widget(name: str, slot: str, title: str) -> None:
    # Not there where the visitor went to another page at that very moment.
    given = st.session_state.get(_key(name, slot))
    if given is not None:
        st.session_state[_key(_PENDING, slot)] = _Pending(title, given.getvalue)


def _take_sample(key: str, slot: str) -> None:
    library = engine.sample_library()
    for sample in library.samples:
        if sample.title == st.session_state.get(key):
            st.session_state[_key(_PENDING, slot)] = _pending_sample(sample)


def _pending_sample(sample: Sample) -> _Pending:
    return _Pending(sample.title, partial(engine.sample_library().load, sample), sample)


def _read_pending(slot: str) -> None:
    pending: _Pending | None = st.session_state.pop(_key(_PENDING, slot), None)
    if pending is None:
        return
    try:
        with st.spinner("Reading the clip ..."):
            clip.choose(_read(pending), slot)
    except SerError as error:
        event_log.tell("clip refused", error=type(error).__name__)
        show_error(error)
        if clip.current(slot) is not None:
            st.caption("The clip below is the one you had before.")


def _read(pending: _Pending) -> clip.Clip:
    # NumPy and the decoders: not needed to ask for a clip.
    import ui.common.loaded  # noqa: F401 -- before the others, see there
    from ser_core.audio.loading import load_audio, to_wav_bytes

    audio = load_audio(pending.read())
    wav, sample = to_wav_bytes(audio.samples), pending.sample
    if sample is None:
        return clip.Clip(pending.title, audio, wav)
    return clip.Clip(pending.title, audio, wav, sample.emotion, sample.note, sample.credit)
