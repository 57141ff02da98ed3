"""The three ways to choose a clip: record, upload, sample. If reading the new clip fails, the previous one stays.

``choose_clip`` shows the three ways. The first page places them with ``show_microphone``, ``show_upload`` and
``show_samples``, shows the chosen clip with ``take_clip``, and records the next one with ``open_recorder``.
Other pages start with ``require_clip``, which shows the chosen clip in one line, or with ``offer_clip``, which does the
same for a clip that has a default.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ser_core.emotions import LABELS
from ser_core.errors import SerError
from ui.common import clip, engine
from ui.common.faces import face
from ui.common.file_names import shown_name
from ui.common.lost_clip import warn_if_lost
from ui.common.messages import handle_user_errors
from ui.common.page_address import warn_if_no_microphone
from ui.common.pending_clip import PendingClip, is_pending, pending_clip, remember
from ui.common.refusal import refuse

if TYPE_CHECKING:
    from ser_core.samples import Sample

RECORD, UPLOAD, SAMPLE = "Record", "Upload", "Samples"
_ICONS = {RECORD: ":material/mic:", UPLOAD: ":material/upload_file:", SAMPLE: ":material/library_music:"}

_WAY_KEY, _RECORD_KEY, _UPLOAD_KEY = "way_in", "recording", "upload"
_DIALOG_RECORD_KEY = "dialog_recording"
_HOW_TO_RECORD = "Press, say a sentence or two, press again"
_N_CLIPS = "n_clips"
# A space without width, in the line of every second clip.
_INVISIBLE = "\u200b"
_NO_CLIP = "No clip yet: record one, upload one, or start with a sample."
_NO_SAMPLE = (
    "No clip yet: choose a sample. Classroom mode gives no answer for your own voice, so this page explains only "
    "answers for samples."
)


def choose_clip(*, only_samples: bool = False) -> None:
    """Show the three ways, or the samples alone, and make the chosen clip the clip of all pages."""
    _show_ways(clip.FIRST, only_samples=only_samples)
    _read_pending(clip.FIRST)
    warn_if_lost(clip.current())


def take_clip(*, only_samples: bool = False) -> clip.Clip | None:
    """Make the clip that the visitor has just chosen the clip of all pages, and show it in one line.

    Parameters
    ----------
    only_samples : bool
        Whether the line, which unfolds to change the clip, offers samples alone.

    Returns
    -------
    Clip or None
        None before the visitor has chosen a clip; then nothing is shown.
    """
    _read_pending(clip.FIRST)
    current_clip = clip.current()
    if current_clip is not None:
        _show_in_one_line(current_clip, clip.FIRST, only_samples=only_samples)
    return current_clip


def take_voice(voice: engine.Voice) -> None:
    """Make one of ``engine.voices`` the clip of all pages, in the next run of a page that shows the clip."""
    sample = voice.sample
    remember(PendingClip(sample.title, lambda: voice.content, sample), clip.FIRST)


def require_clip(*, only_samples: bool = False) -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it. Without a clip, end the page after a hint.

    Parameters
    ----------
    only_samples : bool
        Whether the page offers samples alone: in classroom mode, where it is of no use for a visitor's own voice.

    Returns
    -------
    Clip
        The visitor's clip.
    """
    # Read before anything is drawn, so that the line names the new clip and is folded again.
    _read_pending(clip.FIRST)
    current_clip = clip.current()
    if current_clip is None:
        _show_ways(clip.FIRST, only_samples=only_samples)
        warn_if_lost(current_clip, otherwise=_NO_SAMPLE if only_samples else _NO_CLIP)
        st.stop()
    _show_in_one_line(current_clip, clip.FIRST, only_samples=only_samples)
    return current_clip


def offer_clip(slot: str, default: Callable[[], clip.Clip]) -> clip.Clip:
    """Show a clip in one line that unfolds to change it.

    Parameters
    ----------
    slot : str
        ``clip.FIRST``, the clip of all pages, or ``clip.SECOND``.
    default : callable
        Returns the clip to use until the visitor has chosen one.

    Returns
    -------
    Clip
    """
    _read_pending(slot)
    current_clip = clip.current(slot) or default()
    _show_in_one_line(current_clip, slot)
    return current_clip


def take_recording(slot: str, label: str) -> clip.Clip | None:
    """Show a microphone for one recording of a page's own, which does not become the clip of all pages.

    Parameters
    ----------
    slot : str
        A name for the microphone; another name gives an empty one.
    label : str
        The text above it.

    Returns
    -------
    Clip or None
        The recording, in the one run after it was made. None otherwise, and where it cannot be read: the page says why.
    """
    _show_microphone(slot, label)
    with pending_clip(slot) as pending:
        if pending is None:
            return None
        try:
            with st.spinner("Reading the recording ..."):
                return pending.read()
        except SerError as error:
            refuse(error)
            return None


def read_sample(sample: Sample) -> clip.Clip:
    """Return a sample as a clip.

    Raises
    ------
    SerError
        If the sample cannot be loaded or decoded.
    """
    return _pending_sample(sample).read()


def _show_in_one_line(current_clip: clip.Clip, slot: str, *, only_samples: bool = False) -> None:
    heading = f"{current_clip.heading} · {current_clip.audio.duration_s:.1f} s · change clip"
    # The browser folds a line whose text has changed, but two recordings can have the same title and duration.
    heading += _INVISIBLE * (_n_clips(slot) % 2)
    # Without a gap: the component that stores the clip's name has no height, and Compare's two lines must be level.
    with st.container(gap=None):
        with st.expander(heading, icon=":material/headphones:"):
            if current_clip.note:
                st.caption(f"{current_clip.note}. {current_clip.credit}")
            _show_ways(slot, only_samples=only_samples)
        if slot == clip.FIRST:
            warn_if_lost(clip.current())


def _key(name: str, slot: str) -> str:
    return name if slot == clip.FIRST else f"{slot}_{name}"


def _n_clips(slot: str) -> int:
    """Return how many clips the visitor has chosen in this visit."""
    n_clips: int = st.session_state.get(_key(_N_CLIPS, slot), 0)
    return n_clips


def _show_ways(slot: str, *, only_samples: bool = False) -> None:
    if only_samples:
        show_samples(slot)
        return
    # Not the default of the widget: Streamlit does not allow a default and a value set by a callback.
    st.session_state.setdefault(_key(_WAY_KEY, slot), RECORD)
    way = st.segmented_control(
        "How would you like to start?",
        [RECORD, UPLOAD, SAMPLE],
        required=True,
        format_func=lambda name: f"{_ICONS[name]} {name}",
        key=_key(_WAY_KEY, slot),
        persist_state="session",
    )
    if way == RECORD:
        show_microphone(slot)
    elif way == UPLOAD:
        show_upload(slot)
    else:
        show_samples(slot)
    show_privacy()


def show_microphone(slot: str = clip.FIRST) -> None:
    """Show the microphone. The browser asks for permission when it is pressed."""
    _show_microphone(slot, _HOW_TO_RECORD)


@st.dialog("Record your voice", icon=":material/mic:")
def open_recorder() -> None:
    """Show a microphone above the page. A recording closes it and becomes the clip of all pages."""
    _show_microphone(clip.FIRST, _HOW_TO_RECORD, _DIALOG_RECORD_KEY)
    show_privacy()
    # A dialog runs without its page. The run of the page reads the recording, and does not open the dialog again.
    if is_pending(clip.FIRST):
        st.rerun()


def _show_microphone(slot: str, label: str, key: str = _RECORD_KEY) -> None:
    # A new microphone for each clip. Where the next run draws the same one in another place (first on the first screen,
    # then in the line of a clip), the browser looks for the last recording, which is gone, and shows an error.
    name = f"{key}_{_n_clips(slot)}"
    st.audio_input(
        label,
        key=_key(name, slot),
        on_change=_take_widget,
        args=(name, slot, "Your recording", RECORD),
    )
    warn_if_no_microphone()


def show_upload(slot: str = clip.FIRST) -> None:
    """Show the field for a sound file."""
    st.file_uploader(
        "Choose a sound file with speech in it",
        # Any ending: the decoder detects the format from the content, and explains what it cannot read.
        type=None,
        key=_key(_UPLOAD_KEY, slot),
        on_change=_take_widget,
        args=(_UPLOAD_KEY, slot, "Your file", UPLOAD),
        help="Up to 50 MB; of longer recordings the first 10 minutes are used.",
    )


def show_privacy() -> None:
    """Show what happens to the visitor's voice."""
    st.caption("Your voice stays in this session's memory: nothing is stored, and nothing is sent anywhere else.")


def show_samples(slot: str = clip.FIRST) -> None:
    """Show all samples: the emotion, then the clip."""
    with handle_user_errors():
        library = engine.sample_library()
    st.caption(library.summary)
    emotion = st.pills(
        "Which emotion?",
        LABELS,
        format_func=lambda label: f"{face(label)} {label}",
        key=_key("sample_emotion", slot),
        persist_state="session",
    )
    samples = [sample for sample in library.available_first() if emotion in (None, sample.emotion)]
    titles = {sample.sample_id: sample.title for sample in samples}
    key = _key(f"sample_{emotion}", slot)
    st.selectbox(
        "Which clip?",
        list(titles),
        format_func=titles.__getitem__,
        index=None,
        placeholder=f"Choose one of {len(titles)} clips",
        key=key,
        on_change=_take_sample,
        args=(key, slot),
    )


def _take_widget(name: str, slot: str, title: str, way: str) -> None:
    # None if the visitor went to another page at that moment; Streamlit's ``DeletedFile`` after ``_take_content``.
    uploaded_file = st.session_state.get(_key(name, slot))
    if isinstance(uploaded_file, UploadedFile):
        # The browser also names a recording, but not in words for the visitor.
        file_name = shown_name(uploaded_file.name) if name == _UPLOAD_KEY else ""
        content = _take_content(uploaded_file)
        remember(PendingClip(title, lambda: content, file_name=file_name), slot)
        # The line that the clip is shown in unfolds to the way that was used.
        st.session_state[_key(_WAY_KEY, slot)] = way


def _take_content(uploaded_file: UploadedFile) -> bytes:
    """Return the content of a file, and free Streamlit's copies, which would stay until the session is deleted."""
    content = uploaded_file.getvalue()
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, uploaded_file.file_id)
    uploaded_file.seek(0)
    uploaded_file.truncate()
    return content


def _take_sample(key: str, slot: str) -> None:
    chosen_id = st.session_state.get(key)
    for sample in engine.sample_library().samples:
        if sample.sample_id == chosen_id:
            remember(_pending_sample(sample), slot)
    # So that the same sample can be chosen again after the browser's Back.
    st.session_state[key] = None


def _pending_sample(sample: Sample) -> PendingClip:
    return PendingClip(sample.title, partial(engine.sample_library().load, sample), sample)


def _read_pending(slot: str) -> None:
    with pending_clip(slot) as pending:
        if pending is None:
            return
        try:
            with st.spinner("Reading the clip ..."):
                new_clip = pending.read()
        except SerError as error:
            refuse(error)
            if clip.current(slot) is not None:
                st.caption("The clip below is the one you had before.")
        else:
            clip.choose(new_clip, slot)
            st.session_state[_key(_N_CLIPS, slot)] = _n_clips(slot) + 1
