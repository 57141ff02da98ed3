"""A clip lives in its session's memory: when the server is restarted, or the page loaded anew, it is gone.

The visitor is told so, and what it was. Only their own browser can know: a component keeps the clip's title, never its
sound or a file's name, for as long as the tab is open.
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


# Where nothing on a page renews itself, Streamlit leaves a page whose server was restarted as it is until the visitor
# touches it, and then they are told in the middle of something else. A part that does makes it ask at once.
# In seconds: for words, Streamlit would import pandas, which the first page is painted without.
_RENEWED_EVERY_S = 3600.0


def tell_if_lost(chosen: Clip | None) -> None:
    """Say that the visitor had a clip, where they have none any more.

    Parameters
    ----------
    chosen : Clip or None
        The visitor's clip now.
    """
    st.fragment(_tell, run_every=_RENEWED_EVERY_S)(chosen)


def _tell(chosen: Clip | None) -> None:
    kept = _keeper(
        key="clip_keeper",
        data={"title": chosen.title if chosen else None},
        default={"lost": None},
        on_lost_change=lambda: None,
    )
    if chosen is None and kept.lost:
        st.warning(
            f"**Your clip is gone ({kept.lost}).** The app was restarted or this page was loaded anew, and clips are "
            "kept in memory only. Nothing else is lost: record, upload or pick it again.",
            icon=":material/restart_alt:",
        )
