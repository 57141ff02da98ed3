"""The files of a batch: the upload field, whose voice it is, and the words that name an emotion."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ser_core.batch.listing import GivenFile, is_archive, is_table, list_entries
from ser_core.batch.recordings import (
    MAX_FILES,
    Entry,
    Recording,
    is_system_file,
    readable_path,
    why_not_sound,
)
from ser_core.corpora.own_labels import FOLDER, NAMES, NOBODY, START, Labels
from ser_core.corpora.utterance import Skipped
from ser_core.emotions import WORDS
from ui.common.file_names import shown_name
from ui.common.linked_choice import choose_option
from ui.shell.upload_memory import max_session_mb

_RULES = {
    NOBODY: "Do not compare",
    NAMES: "Table, or names of known corpora",
    FOLDER: "Folder",
    START: "Start of the file name",
}
_HELP = (
    "Clips of one speaker are compared with each other. A voice that is always high is then not taken for an excited "
    "one. This takes twice the time. Folders are those inside the chosen folder or a ZIP archive. "
    "The start of a name is what comes before the first _, -, point or space; a word for an emotion is no speaker."
)


def choose_files() -> list[UploadedFile]:
    """Show the upload field for files or for a folder, and return the files in it."""
    # A browser's dialog offers either files or folders.
    is_folder = st.toggle(
        "Choose a whole folder",
        key="batch_is_folder",
        help="With all folders in it. The browsers of most phones cannot choose a folder.",
    )
    files: list[UploadedFile] = st.file_uploader(
        "Choose a folder with recordings" if is_folder else "Choose recordings, or a ZIP archive of recordings",
        # Any ending: the decoder finds the format by the content.
        type=None,
        accept_multiple_files="directory" if is_folder else True,
        key="batch_files",
        help=f"Up to {MAX_FILES} recordings. One file has at most 50 MB, all together {max_session_mb()} MB.",
    )
    st.caption(
        "Your files stay in this session's memory: nothing is stored, and nothing is sent anywhere else. "
        "They are gone when you open another page; the table stays until the visit ends."
    )
    return files


def choose_speaker_rule() -> str:
    """Show the choice of what tells the speaker of a file, and return the rule."""
    return choose_option(
        "Compare each clip with other clips of the same speaker. What tells the speaker?",
        list(_RULES),
        default=NAMES,
        parameter="speaker",
        key="batch_speaker",
        format_func=_RULES.__getitem__,
        help=_HELP,
    )


def entries_of(files: Sequence[UploadedFile], speaker_rule: str) -> list[Entry]:
    """Return the entries of the chosen files; archives are opened, and nothing is decoded.

    Parameters
    ----------
    files : sequence of UploadedFile
        The content of the upload field.
    speaker_rule : str
        What ``choose_speaker_rule`` returns.
    """
    # Of a single archive, the names inside it are enough.
    is_one = len(files) == 1
    given: list[GivenFile | Skipped] = []
    for file in files:
        name, path = readable_path(file.name), PurePosixPath(file.name)
        # Of a chosen folder, only files whose names end like those of recordings, archives or tables are read. A file
        # that was chosen by itself is always read.
        is_in_folder = len(path.parts) > 1
        if is_in_folder and is_system_file(path):
            continue
        if is_in_folder and (reason := why_not_sound(path)) and not (is_archive(name) or is_table(name)):
            given.append(Skipped(name, reason))
        else:
            given.append(GivenFile("" if is_one and is_archive(file.name) else name, file, file.name))
    return list_entries(given, Labels(speaker_rule), max_files=MAX_FILES)


def say_if_rule_does_not_fit(entries: Sequence[Entry], speaker_rule: str) -> None:
    """Say that the chosen rule finds no speaker, or only one, where it was chosen and there are recordings."""
    recordings = [entry for entry in entries if isinstance(entry, Recording)]
    if speaker_rule not in (FOLDER, START) or not recordings:
        return
    name, speakers = shown_name(recordings[0].path), {recording.speaker for recording in recordings}
    if speakers == {None}:
        st.write(f"By this rule, no file has a speaker, for example `{name}`. So no clip is compared with another.")
    elif len(speakers) == 1 < len(recordings):
        st.write(
            f"By this rule, all files have one speaker, for example `{name}`. Each clip is compared with all others. "
            "This is right if it is one person."
        )


def show_words() -> None:
    """Show how the true emotion is read, with the table of words."""
    with st.expander("How true emotions and speakers are read", icon=":material/label:"):
        st.markdown(
            "With true emotions, the page also shows how often they are recognised. They are read from three places. "
            "The first that says something counts:\n"
            "1. A CSV file among the files, with the columns `path`, `emotion` and `speaker`.\n"
            "2. The file names of CREMA-D, RAVDESS, SAVEE, TESS, nEMO, EMOVO and EmoDB.\n"
            "3. A word for an emotion in a folder or a file name: `01_angry.wav`, `scared/3.wav`. These words are read:"
        )
        st.table({"emotion": list(WORDS), "words": [words.replace(" ", ", ") for words in WORDS.values()]})
