"""Live: speak, and watch what the network hears in the voice, as it hears it."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ui.common import engine
from ui.common.messages import handle_user_errors
from ui.live import aftermath, controls, panel, settings, visit
from ui.shell.navigation import open_page

open_page("Live", "Speak, and watch as you speak: how loud, how high, which frequencies, and what it sounds like.")

is_classroom = settings.is_classroom()
if is_classroom:
    st.info(
        "**Classroom mode: no emotion is inferred from a live voice.** The EU's AI Act, article 5(1)(f), forbids "
        "inferring the feelings of people in education and at work. So this page shows what a voice is made of, and "
        "the network is not asked. The samples on the other pages are actors who agreed to be studied.",
        icon=":material/school:",
    )
else:
    st.caption(
        "Your voice stays in this session's memory: nothing is stored, and nothing is sent anywhere else. It hears how "
        "something is said, never what somebody feels; do not let it listen to people who have not agreed to it."
    )

with handle_user_errors():
    recognizer = None if is_classroom else engine.recognizer()
mine = visit.current()
with st.container():
    controls.show(mine, recognizer)
panel.show(mine, is_classroom=is_classroom)
if mine.phase() is visit.Phase.STOPPED:
    aftermath.show(mine.session, is_classroom=is_classroom)
elif mine.phase() is visit.Phase.READY and not mine.is_full():
    st.markdown(
        "1. Press **Start listening** and allow the microphone.\n"
        "2. Say a few sentences, each in another mood.\n"
        "3. Press **Stop**: the timeline stays, and can be downloaded."
    )
