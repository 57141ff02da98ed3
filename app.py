"""The app's entry: page settings, navigation, and what every page shares; the rest is in ``pages/`` and ``ui/``."""

import logging

import streamlit as st

from ser_core.errors import SerError
from ui.messages import show_error

log = logging.getLogger("ser_app")

st.set_page_config(page_title="How does it sound?", page_icon="🎙️", layout="wide")

page = st.navigation(
    [
        st.Page("pages/recognise.py", title="Recognise", icon=":material/graphic_eq:", default=True),
    ]
)
try:
    page.run()
except SerError as error:
    # A page handles what a visitor can cause; what gets here is the host's to mend, a missing model for example.
    log.exception("page %s stopped", page.url_path or "home")
    show_error(error)
