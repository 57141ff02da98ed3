"""The app's entry: page settings and navigation; everything else is in ``pages/`` and ``ui/``."""

import streamlit as st

st.set_page_config(page_title="How does it sound?", page_icon="🎙️", layout="wide")

st.navigation(
    [
        st.Page("pages/recognise.py", title="Recognise", icon=":material/graphic_eq:", default=True),
    ]
).run()
