"""Classroom mode: no emotion is inferred from a visitor's own voice.

The EU's AI Act (Regulation (EU) 2024/1689, article 5(1)(f)) forbids systems that infer the emotions of people in
education and at work. In this mode all pages show the features of every clip, and the network's answers only for
samples, which are recordings of actors and computer voices. All pages call ``may_judge``; no page has its own rule.
"""

from __future__ import annotations

import streamlit as st

from ui.common.clip import Clip
from ui.common.settings import setting

_PARAMETER, _MODE = "mode", "classroom"
_OPENED_BY_LINK = "opened_by_classroom_link"


def remember_link() -> None:
    """Keep a link's ``?mode=classroom`` for the whole visit; each run of a page calls this.

    Streamlit drops the parameter when the visitor goes to another page. It is stored in the session, and written into
    the address again, so that the mode also survives a reload of the page and a restart of the server.
    """
    if _is_mode(st.query_params.get(_PARAMETER)):
        st.session_state[_OPENED_BY_LINK] = True
    elif _OPENED_BY_LINK in st.session_state:
        st.query_params[_PARAMETER] = _MODE


def is_classroom() -> bool:
    """Return whether the app is in classroom mode for this visitor.

    The host sets ``SER_MODE=classroom``, or the visitor opens any page by a link with ``?mode=classroom``. After such a
    link the mode stays on for the whole visit.
    """
    return is_set_by_host() or _OPENED_BY_LINK in st.session_state


def is_set_by_host() -> bool:
    """Return whether the host has set the mode for all visitors."""
    return _is_mode(setting("SER_MODE"))


def _is_mode(value: str | None) -> bool:
    # Upper case and spaces are accepted, because people type links by hand: a typing error must not turn the mode off.
    return value is not None and value.strip().casefold() == _MODE


def may_judge(clip: Clip) -> bool:
    """Return whether the network's answer to a clip may be computed and shown.

    Parameters
    ----------
    clip : Clip
        A visitor's clip or a sample.
    """
    return clip.is_sample or not is_classroom()


def show_badge() -> None:
    """Show on a page that classroom mode is on, and what it means."""
    if is_classroom():
        # The style of the page frame places it.
        with st.container(key="classroom_badge"):
            st.badge(
                "Classroom mode",
                icon=":material/school:",
                color="violet",
                help="No emotion is inferred from your own voice or file. Samples are recordings of actors and "
                "computer voices; they still get an answer.",
            )


def explain_no_answer() -> None:
    """Show why a clip gets no answer."""
    st.info(
        "**Classroom mode: there is no answer for your own voice.** The EU's AI Act, article 5(1)(f), forbids "
        "inferring the emotions of people in education and at work. You can see all features of your voice. For the "
        "network's answers, choose a sample: samples are recordings of actors and computer voices.",
        icon=":material/school:",
    )
