"""A message when the visitor's own clip is gone because the server was restarted or the page was loaded again.

A clip is in the memory of its session, so it is gone when the session ends. A sample is loaded again, because the
address names it. The server cannot remember that a visitor had an own clip. So a component stores the clip's title,
never its sound or a file's name, in the session storage of the browser's tab.
"""

from __future__ import annotations

import streamlit as st

from ui.common.clip import Clip

_keeper = st.components.v2.component(
    "clip_keeper",
    js="""
export default function ({ data, setStateValue }) {
    const key = "chosen-clip"
    if (data.title) {
        sessionStorage.setItem(key, data.title)
        return
    }
    const lost = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    if (lost && !data.has_sample) setStateValue("lost", lost)
}
""",
)

_IS_EXPLAINED = "missing_clip_is_explained"

# After a restart of the server, Streamlit reruns a page only when the visitor touches it. But a page with a fragment
# that reruns at intervals is rerun as soon as it has reconnected, so the warning appears at once.
# The interval is a number of seconds: for a text Streamlit would import pandas, which the first page does not need.
_RERUN_EVERY_S = 3600.0


def note_explained(*, is_explained: bool) -> None:
    """Note whether this run of the page has shown why a chosen clip is missing; each run begins with False."""
    st.session_state[_IS_EXPLAINED] = is_explained


def warn_if_lost(current_clip: Clip | None, otherwise: str = "") -> None:
    """Show a warning if the visitor had an own clip and has none now.

    One box: where the run has already shown why a chosen clip is missing, that message says what to do next.

    Parameters
    ----------
    current_clip : Clip or None
        The visitor's clip.
    otherwise : str
        A hint for a visitor without a clip who has lost none; empty for no hint.
    """
    if not st.session_state.get(_IS_EXPLAINED):
        st.fragment(_warn_if_lost, run_every=_RERUN_EVERY_S)(current_clip, otherwise)


def _warn_if_lost(current_clip: Clip | None, otherwise: str) -> None:
    has_sample = current_clip is not None and current_clip.is_sample
    keeper = _keeper(
        key="clip_keeper",
        data={"title": current_clip.title if current_clip and not has_sample else None, "has_sample": has_sample},
        default={"lost": None},
        on_lost_change=lambda: None,
    )
    if current_clip is None and keeper.lost:
        st.info(
            f"**{keeper.lost} was not kept, and that is on purpose.** The page was loaded again, and your voice is "
            "stored nowhere: not on the server and not in your browser. So nobody can hear it later. Record or upload "
            "it again, or choose a sample: a sample stays when the page is loaded again.",
            icon=":material/restart_alt:",
        )
    elif current_clip is None and otherwise:
        st.info(otherwise, icon=":material/arrow_upward:")
