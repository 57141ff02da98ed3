"""Many files: a list of recordings or a ZIP archive, one row for each, and a table and a report to take away."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.batch.feature_rows import measure
from ser_core.batch.judging import judge, speakers_of
from ser_core.corpora.own_labels import NOBODY
from ser_core.lessons.lesson import with_linked_terms
from ui.batch import downloads, files, opening, results, run, state
from ui.common import classroom, engine, network_choice
from ui.common.messages import handle_user_errors
from ui.common.term_tips import explain_terms
from ui.shell.navigation import open_page

open_page(
    "Many files",
    "Choose up to 200 recordings, a folder or a ZIP archive. Each gets a row in a table that you can take away. A file "
    "that cannot be read has its reason there.",
)
is_classroom = classroom.is_classroom()
if is_classroom:
    st.info(
        with_linked_terms(
            "**Classroom mode: no emotion is inferred from your files.** You get their features instead: 162 "
            "[[average|averages]] and the acoustic cues of each recording, as a table."
        ),
        icon=":material/school:",
    )
    explain_terms()

chosen_files = files.choose_files()
speaker_rule = NOBODY
if not is_classroom:
    speaker_rule = files.choose_speaker_rule()
    files.show_words()
entries = files.entries_of(chosen_files, speaker_rule)
files.say_if_rule_does_not_fit(entries, speaker_rule)
identity = (tuple(file.file_id for file in chosen_files), speaker_rule, is_classroom, network_choice.chosen())
batch = state.current()
if chosen_files and (batch is None or batch.identity != identity):
    voices = None if is_classroom else speakers_of(entries)
    batch = state.Batch(identity, voices, len(entries) + (voices.n_missing() if voices else 0))
    state.begin(batch)
# The rows of another mode are not shown: in classroom mode there are no emotions.
if batch is None or (batch.voices is None) != is_classroom:
    st.stop()

if chosen_files and not batch.is_over and not batch.is_stopped:
    if is_classroom:
        run.work(batch, measure(entries, len(batch.rows)), results.show_features)
    else:
        with handle_user_errors():
            recognizer = engine.recognizer(network_choice.chosen())
        run.work(batch, judge(recognizer, entries, batch.voices, len(batch.rows)), results.show_progress)
    st.rerun()

if batch.is_stopped and not batch.is_over:
    n_done = len(batch.rows)
    st.warning(f"Stopped after {n_done} file{'' if n_done == 1 else 's'}.", icon=":material/stop_circle:")
    st.button(
        "Go on", icon=":material/play_circle:", on_click=state.go_on, disabled=not chosen_files, key="batch_go_on"
    )
if not batch.rows:
    st.stop()
if is_classroom:
    results.show_features(batch.rows)
    downloads.show_feature_downloads(batch.rows)
    st.stop()
downloads.show_downloads(batch.rows)
results.show_whole(batch.rows)
st.subheader("Every recording", anchor=False)
shown_places = results.choose_rows(batch.rows)
clicked = results.show_table([batch.rows[place] for place in shown_places])
opening.offer_opening(batch, entries, shown_places, clicked)
