"""A finished training: the two scores side by side, the confusion matrices, and the files to download."""

from __future__ import annotations

from itertools import cycle

import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.own_network.choices import KERAS, Choices
from ser_core.own_network.learning_table import draw_table
from ser_core.own_network.progress import Result, epochs_to_csv
from ser_core.own_network.shown_code import TABLE_NAME, notebook_code
from ser_core.own_network.waiting_line import Training
from ui.common.chart_table import show_chart
from ui.common.confusion import confusion, in_percent
from ui.common.file_names import download_name
from ui.common.presenting import is_presenting
from ui.train import words

_MIME = {"keras": "application/zip", "tflite": "application/octet-stream", "npz": "application/octet-stream"}


def show_scores(training: Training) -> None:
    """Show the score of each split, what they mean together, and the confusion matrices."""
    with st.container(key="train_learned"):
        st.subheader("What it learned", anchor=False)
        for place, result in zip(st.columns(len(training.results), gap="large"), training.results, strict=True):
            with place:
                _show_score(result)
    st.markdown(with_linked_terms(words.lesson(training.results)))
    st.caption(
        with_linked_terms(
            "[[UAR]] is the mean of the emotions' [[recall|recalls]]: each emotion counts alike. Guessing gives "
            f"{1 / len(training.results[0].labels):.0%}. Nothing was chosen with the help of the [[test]] clips."
        )
    )
    st.write(
        with_linked_terms(
            "In a [[confusion matrix]], a row is the emotion that was meant, a column is the network's answer to the "
            "test clips."
        )
    )
    # The larger numbers of a projector need the whole width.
    n_columns = 1 if is_presenting() else len(training.results)
    for result, place in zip(training.results, cycle(st.columns(n_columns, gap="large"))):
        with place:
            st.markdown(f"**{words.SPLIT_NAMES[result.split]}**")
            shares = result.confusion_shares()
            show_chart(
                confusion(shares, result.labels, in_percent(shares), answer="answer"),
                key=f"train_confusion_{result.split}",
                alt=f"Confusion matrix, {words.SPLIT_NAMES[result.split].lower()}",
            )


def show_downloads(training: Training) -> None:
    """Show the buttons for the networks and the log."""
    st.subheader("Take it with you", anchor=False)
    with st.container(horizontal=True):
        for result in training.results:
            for ending, content in result.files.items():
                st.download_button(
                    f"{words.SPLIT_NAMES[result.split]}, .{ending}",
                    content,
                    file_name=download_name(result.split.replace(" ", "-"), "", ending),
                    mime=_MIME[ending],
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"train_{result.split}_{ending}",
                )
        st.download_button(
            "Log as CSV",
            epochs_to_csv(training.epochs),
            file_name=download_name("training-log", "", "csv"),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="train_log",
        )


def show_code(choices: Choices) -> None:
    """Show the code of a training, and offer the table that it reads."""
    name, split = "Keras" if choices.method == KERAS else "scikit-learn", choices.splits[-1]
    with st.expander(f"The code: some twenty lines of {name}", icon=":material/code:"):
        st.markdown(
            f"Download the table into the folder of your notebook, as `{TABLE_NAME}`, and run this. The function is "
            f"the one that this page uses. It prints the score of the {words.SPLIT_NAMES[split].lower()}."
        )
        st.download_button(
            f"The table {TABLE_NAME}",
            lambda: draw_table(choices).to_csv(),
            file_name=TABLE_NAME,
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="train_table",
        )
        st.code(notebook_code(choices, split), language="python")


def _show_score(result: Result) -> None:
    with st.container(border=True, height="stretch"):
        st.metric(f"{words.SPLIT_NAMES[result.split]}: UAR", f"{result.uar:.0%}")
        st.markdown(
            f"Accuracy {result.accuracy:.0%} on {result.n_test:,} test clips, after training on {result.n_train:,}. "
            f"{words.shared_speakers(result)}"
        )
