"""After Stop: the timeline of the stream, its download, and the last ten seconds as a clip."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
import streamlit as st

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.live import LiveSession, timeline_of, timeline_to_csv
from ser_core.live.session import KEPT_S
from ui.common import charts, clip
from ui.common.file_names import download_name
from ui.live.feature_timeline import feature_timeline

_IS_CLIP_CHOSEN = "live_clip_chosen"


def show(session: LiveSession, *, is_classroom: bool) -> None:
    """Show the timeline of a stream and what can be done with the stream.

    Parameters
    ----------
    session : LiveSession
        A closed session.
    is_classroom : bool
        Whether no emotion may be inferred. Then the sound is not passed on to the pages that infer one.
    """
    moments = session.moments()
    st.subheader("The whole stream", anchor=False)
    if is_classroom:
        st.write("How loud and how high the voice was. Gaps in the pitch are pauses and sounds without a voice.")
        st.plotly_chart(
            feature_timeline(moments),
            config=charts.CONFIG,
            key="live_features",
            alt="Loudness and pitch over the time of the stream",
        )
    elif moments.has_prediction.any():
        st.write(
            "Each point is what the three seconds before it sound like. Gaps are pauses. The three strongest emotions "
            "are shown. Click a name under the chart to show or hide an emotion."
        )
        st.plotly_chart(
            charts.timeline_chart(timeline_of(moments)),
            config=charts.CONFIG,
            key="live_timeline",
            alt="Probability of each emotion over the time of the stream",
        )
    else:
        st.info(
            "No speech was found. Speak closer to the microphone, or choose another one.", icon=":material/hearing:"
        )
    with st.container(horizontal=True):
        st.download_button(
            "Download CSV",
            partial(timeline_to_csv, moments),
            file_name=download_name("live", "", "csv"),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if not is_classroom:
            st.button(
                f"Use the last {KEPT_S:.0f} s on the other pages",
                icon=":material/content_cut:",
                on_click=_choose_as_clip,
                args=(session.last_seconds(),),
            )
    if st.session_state.pop(_IS_CLIP_CHOSEN, False):
        st.success("All pages use this clip now.", icon=":material/check:")
        st.page_link("pages/recognise.py", label="**See how it sounds**", icon=":material/graphic_eq:")


def _choose_as_clip(samples: npt.NDArray[np.float32]) -> None:
    clip.choose(clip.Clip("Your live voice", from_samples(samples, SAMPLE_RATE_HZ), to_wav_bytes(samples)))
    st.session_state[_IS_CLIP_CHOSEN] = True
