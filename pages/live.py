"""Live: speak, and see the sound and the network's answers at the same time."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.common import engine
from ui.common.classroom import is_classroom
from ui.common.messages import handle_user_errors
from ui.common.term_tips import explain_terms
from ui.live import after_stop, controls, live_visit, running_view
from ui.shell.navigation import open_page

open_page(
    "Live",
    with_linked_terms(
        "Speak, and watch your voice as you speak: how loud, how high, and which [[frequency|frequencies]]."
    ),
)

IS_CLASSROOM = is_classroom()
if IS_CLASSROOM:
    st.info(
        "**Classroom mode: no emotion is inferred from a live voice.** The EU's AI Act, article 5(1)(f), forbids "
        "systems that infer the feelings of people in education and at work. So this page shows only the features of "
        "a voice, and the network is not used. Samples on the other pages get an answer: they are computer voices, and "
        "actors who agreed to be recorded.",
        icon=":material/school:",
    )
else:
    st.write(
        with_linked_terms(
            "Four times a second, the [[network]] names the emotion that the last three seconds sound like."
        )
    )
    st.caption(
        "Your voice stays in the memory of this session: it is not stored, and it is not sent anywhere else. The "
        "network analyses how something is said, never what a person feels. Do not use it with people who have not "
        "agreed to it."
    )

with handle_user_errors():
    recognizer = None if IS_CLASSROOM else engine.recognizer()
visit = live_visit.current()
with st.container():
    controls.show(visit, recognizer)
running_view.show(visit, is_classroom=IS_CLASSROOM)
phase = visit.phase()
if phase is live_visit.Phase.STOPPED and visit.session is not None:
    after_stop.show(visit.session, is_classroom=IS_CLASSROOM)
elif phase is live_visit.Phase.READY and not visit.is_full():
    st.markdown(
        "1. Press **Start listening** and allow the microphone.\n"
        "2. Say a few sentences, each in a different mood.\n"
        "3. Press **Stop**: the timeline stays on the page, and you can download it."
    )
explain_terms()
