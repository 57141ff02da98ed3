"""The choice of one section of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ui.common.linked_choice import choose_option


def choose_section(sections: Mapping[str, tuple[str, Callable[..., Any]]], key: str) -> Callable[..., Any]:
    """Let the visitor choose a section; the address names it. The first one is chosen at the start.

    Parameters
    ----------
    sections : mapping
        Icon and show function of each section, by the section's name.
    key : str
        Key of the choice in the session state; the choice lasts for the session.

    Returns
    -------
    callable
        The show function of the chosen section.
    """
    section = choose_option(
        "What would you like to see?",
        list(sections),
        default=next(iter(sections)),
        parameter="section",
        format_func=lambda name: f"{sections[name][0]} {name}",
        key=key,
        persist_state="session",
    )
    return sections[section][1]
