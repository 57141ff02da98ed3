"""A training while it waits or runs: the place in the line, the progress, the curves, and the button to cancel."""

from __future__ import annotations

import time

import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.own_network.choices import KERAS
from ser_core.own_network.waiting_line import Phase, Training, WaitingLine
from ui.common.charts import CONFIG
from ui.common.messages import show_error
from ui.common.next_focus import move_focus
from ui.train import charts, visit, words

_UPDATE_EVERY_S = 1.0


def warn_if_busy(line: WaitingLine) -> None:
    """Show how many trainings of other visitors would be before this visitor's."""
    if n_trainings := line.n_trainings:
        st.caption(words.busy(n_trainings))


def show(training: Training) -> None:
    """Show a training, updated every second until it is over."""
    if training.is_over:
        _show_end(training)
        if training.epochs:
            _show_curves(training)
        return
    st.fragment(_show_running, run_every=_UPDATE_EVERY_S)(training)


def go_to_news(training: Training | None) -> None:
    """Go to a training that has just begun, and to its result; each run of the page calls this, at its end."""
    if training is None:
        move_focus("train/before", "")
    elif training.is_over:
        # The end comes by itself: it takes no focus from a choice that the visitor is making.
        move_focus("train/over", "train_learned", only_if_lost=True)
    else:
        move_focus("train/running", "train_progress")


def _show_running(training: Training) -> None:
    if training.is_over:
        # The rest of the page depends on the result.
        st.rerun()
    # The page scrolls to this container, so the curves are in it from the start.
    with st.container(key="train_progress"):
        is_waiting = training.phase is Phase.WAITING
        if is_waiting:
            st.info(words.place_in_line(visit.line().n_before(training)), icon=":material/hourglass_top:")
        else:
            st.progress(training.share_done, text=_progress_text(training))
        st.button("Cancel", icon=":material/stop_circle:", key="train_cancel", on_click=visit.cancel)
        if not is_waiting:
            _show_curves(training)


def _progress_text(training: Training) -> str:
    if not training.epochs:
        is_keras = training.choices.method == KERAS
        return "Starting TensorFlow in a process of its own: about 10 s" if is_keras else "Starting scikit-learn"
    epoch = training.epochs[-1]
    text = f"{words.SPLIT_NAMES[epoch.split]}: epoch {epoch.number} of {training.choices.n_epochs}"
    left_s = training.left_s(time.monotonic())
    return text if left_s is None else f"{text}, {words.seconds(left_s)} left"


def _show_end(training: Training) -> None:
    if training.phase is Phase.CANCELLED:
        st.info("This training was cancelled. Its process and its memory are free again.", icon=":material/info:")
    elif training.error is not None:
        show_error(training.error)


def _show_curves(training: Training) -> None:
    splits, n_epochs = training.choices.splits, training.choices.n_epochs
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            with_linked_terms(
                "**[[accuracy|Accuracy]]**, by [[epoch]]: the share of clips that the network names as intended."
            )
        )
        figure = charts.curves(training.epochs, splits, n_epochs, is_loss=False)
        st.plotly_chart(figure, config=CONFIG, key="train_accuracy", alt="Accuracy by epoch")
    with right:
        st.markdown(
            with_linked_terms(
                "**[[loss|Loss]]**: falls while the network learns; on test clips it rises when it learns by heart."
            )
        )
        figure = charts.curves(training.epochs, splits, n_epochs, is_loss=True)
        st.plotly_chart(figure, config=CONFIG, key="train_loss", alt="Loss by epoch")
