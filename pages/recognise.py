"""Recognise: tap a voice, record or upload, and see which emotion it sounds like."""

import streamlit as st

from ui.common import engine
from ui.common.intake import take_clip
from ui.common.lost_clip import warn_if_lost
from ui.common.refusal import go_to_refusal
from ui.recognise.first_screen import show_first_screen
from ui.recognise.voices_stage import show_voices
from ui.shell import warming
from ui.shell.navigation import open_page

PANEL_TEXTS = {
    "waveform": "tall is loud.",
    "mel": "bright is loud, high tones (in Hz) are on top. A picture like this one is the [[network]]'s input.",
    "mfcc": "the shape of the spectrum in 20 numbers.",
}

open_page("How does it sound?", "Tap a voice, or use your own: hear it, and see which emotion it sounds like.")

current_clip = take_clip()
if current_clip is None:
    warn_if_lost(None)
    show_first_screen()
    go_to_refusal()
    warming.begin()
    st.stop()

# Imported here: these take a second to import, and the page without a clip does not need them.
import ui.common.import_first  # noqa: E402, F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms  # noqa: E402
from ui.common import charts  # noqa: E402
from ui.common.panel_figure import panel_figure  # noqa: E402
from ui.common.panels import BY_KEY  # noqa: E402
from ui.common.term_tips import explain_terms, linked_name  # noqa: E402
from ui.recognise.answer import show_answer  # noqa: E402

show_voices(is_compact=True)
show_answer(current_clip)

st.subheader("What the voice looks like", anchor=False)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(current_clip.audio, with_pitch=False)
for key, text in PANEL_TEXTS.items():
    panel = BY_KEY[key]
    st.markdown(with_linked_terms(f"**{linked_name(panel.title)}**: {text}"))
    figure = panel_figure(panel, panel.draw(current_clip.audio, features), (0, current_clip.audio.duration_s))
    st.plotly_chart(figure, config=charts.CONFIG, key=key, alt=panel.title)
explain_terms()
