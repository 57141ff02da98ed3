"""Train your own: a network learns from clips while you watch, and is tested in two ways."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.common.messages import handle_user_errors
from ui.common.term_tips import explain_terms
from ui.shell.navigation import open_page
from ui.train import choosing, host, own_answer, result, running, visit

open_page(
    "Train your own",
    with_linked_terms(
        "Train a small [[network]] on this server, watch it learn, and see why the way it is tested decides its "
        "[[score]]."
    ),
)

method = host.show_method(visit.line())
with handle_user_errors():
    choices = choosing.choose(method) if method else None
training = visit.current()
is_idle = training is None or training.is_over
if choices:
    choosing.explain_data(choices.method)
    if is_idle:
        running.warn_if_busy(visit.line())
    st.button(
        "Train" if training is None else "Train again",
        type="primary",
        icon=":material/model_training:",
        key="train_start",
        on_click=visit.start,
        args=(choices,),
        disabled=not is_idle,
    )
if training is not None:
    running.show(training)
    if training.results and training.is_over:
        with handle_user_errors():
            result.show_scores(training)
            result.show_downloads(training)
            own_answer.show(training)
shown = training.choices if training is not None else choices
if shown:
    result.show_code(shown)
running.go_to_news(training)
explain_terms()
