"""The trainings of all visitors, and the one of this visitor. A training ends with the session that started it."""

from __future__ import annotations

import streamlit as st

from ser_core.own_network.choices import Choices
from ser_core.own_network.host_turn import HostTurn
from ser_core.own_network.waiting_line import Training, WaitingLine
from ui.common import event_log

_TRAINING = "own_training"


@st.cache_resource(show_spinner=False)
def line() -> WaitingLine:
    """Return the line of all visitors of this server; the servers of a host train one after the other."""
    return WaitingLine(turn=HostTurn())


def current() -> Training | None:
    """Return this visitor's latest training; None before the first."""
    training: Training | None = st.session_state.get(_TRAINING)
    return training


def start(choices: Choices) -> None:
    """Put a training of this visitor into the line. One that is not over yet is cancelled: one place per visitor."""
    cancel()
    event_log.log_event("own training started")
    training = line().enter(choices)
    _own_trainings()[:] = [training]
    st.session_state[_TRAINING] = training


def cancel() -> None:
    """Cancel this visitor's training, if it waits or runs."""
    training = current()
    if training is not None:
        line().leave(training)


def _leave_all(trainings: list[Training]) -> None:
    for training in trainings:
        line().leave(training)


# A session-scoped cache: its entry is released when the visitor's connection ends, and with it the training.
@st.cache_resource(scope="session", on_release=_leave_all, show_spinner=False)
def _own_trainings() -> list[Training]:
    return []
