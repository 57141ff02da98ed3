"""About: what the app is and is not, what happens to a voice, the sources, and the status of the server."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.about import text
from ui.common.messages import handle_user_errors
from ui.common.term_tips import explain_terms
from ui.common.trust import show_trust_details
from ui.shell.host_status import read_status
from ui.shell.navigation import open_page

open_page("About", "What this app is, what it is not, what happens to your voice, and where everything comes from.")

left, right = st.columns(2, gap="large")
with left:
    st.subheader("What it is", anchor=False)
    st.markdown(with_linked_terms(text.WHAT_IT_IS))
    st.subheader("What it is not", anchor=False)
    st.markdown(text.WHAT_IT_IS_NOT)
    st.subheader("Your voice", anchor=False)
    st.markdown(text.PRIVACY)
with right:
    st.subheader("How far to trust it", anchor=False)
    with handle_user_errors():
        show_trust_details()

st.subheader("Licences and sources", anchor=False)
with handle_user_errors():
    st.markdown(text.licences())
st.page_link("pages/model.py", label="**How good the network is**: every figure", icon=":material/monitoring:")
st.page_link("pages/dataset.py", label="**What the network learns from**: the recordings", icon=":material/database:")

st.subheader("This server", anchor=False)
with handle_user_errors():
    st.caption(read_status().in_words())
explain_terms()
