"""A warning when the visitor's clip is gone because the server was restarted or the page was loaded again.

A clip is kept in the memory of its session, so it ends with the session. Only the browser can know that there was a
clip: a component keeps the clip's title, never its sound or a file's name, in the tab's session storage.
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
    if (lost) {
        sessionStorage.removeItem(key)
        setStateValue("lost", lost)
    }
}
""",
)

# After a restart of the server, Streamlit reruns a page only when the visitor touches it. But a page with a fragment
# that reruns at intervals is rerun as soon as it has reconnected, so the warning appears at once.
# The interval is a number of seconds: for a text Streamlit would import pandas, which the first page does not need.
_RERUN_EVERY_S = 3600.0


def warn_if_lost(current_clip: Clip | None) -> None:
    """Warn when the visitor had a clip and has none now.

    Parameters
    ----------
    current_clip : Clip or None
        The visitor's clip.
    """
    st.fragment(_warn_if_lost, run_every=_RERUN_EVERY_S)(current_clip)


def _warn_if_lost(current_clip: Clip | None) -> None:
    kept = _keeper(
        key="clip_keeper",
        data={"title": current_clip.title if current_clip else None},
        default={"lost": None},
        on_lost_change=lambda: None,
    )
    if current_clip is None and kept.lost:
        st.warning(
            f"**Your clip is gone ({kept.lost}).** The app was restarted or this page was loaded again, and clips are "
            "only kept in memory. Nothing else is lost: record, upload or choose the clip again.",
            icon=":material/restart_alt:",
        )
