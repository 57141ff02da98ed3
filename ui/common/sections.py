"""A page in sections, of which one is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st


def choose_section(sections: Mapping[str, tuple[str, Callable[..., Any]]], key: str) -> Callable[..., Any]:
    """Let the visitor choose a section, at first the first one; return what shows it.

    Parameters
    ----------
    sections : mapping
        By name, an icon and what shows the section.
    key : str
        Of the choice, which lasts for the session.
    """
    section = st.segmented_control(
        "What would you like to see?",
        list(sections),
        default=next(iter(sections)),
        required=True,
        format_func=lambda name: f"{sections[name][0]} {name}",
        key=key,
        persist_state="session",
    )
    return sections[section][1]
