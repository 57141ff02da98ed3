"""A row of options of which one is always chosen, and which the page's address names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from ui.common import links

T = TypeVar("T")


def choose_option(
    label: str,
    options: Sequence[T],
    *,
    default: T,
    parameter: str,
    key: str,
    format_func: Callable[[T], str] = str,
    persist_state: Literal["page", "session"] | None = None,
    help: str | None = None,
) -> T:
    """Show a segmented control that starts with the option in the address, and write its choice there.

    Parameters
    ----------
    label : str
        What the visitor chooses.
    options : sequence of T
        The options.
    default : T
        The option that is chosen at the start, if the address names none.
    parameter : str
        The name of the choice in the address.
    key : str
        The key of the choice in the session state.
    format_func : callable
        Returns the text of an option.
    persist_state, help
        As for ``st.segmented_control``.

    Returns
    -------
    T
        The chosen option.
    """
    choice_in_address = links.option(parameter, options, default)
    # Not the default of the widget: Streamlit does not allow a default and a value in the session state.
    choice_in_address.start(key)
    choice = st.segmented_control(
        label, options, required=True, format_func=format_func, key=key, persist_state=persist_state, help=help
    )
    chosen = default if choice is None else choice
    choice_in_address.keep(chosen)
    return chosen
