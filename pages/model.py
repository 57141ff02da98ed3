"""Model: how good the network is, where it fails, and what it is made of."""

import streamlit as st

from ui.messages import told_kindly
from ui.model import card, groups, headline, inside, making, mixups, store, sureness
from ui.navigation import open_page

SECTIONS = {
    "How good": (":material/target:", headline.show),
    "Mix-ups": (":material/grid_on:", mixups.show),
    "How sure": (":material/help_center:", sureness.show),
    "For whom": (":material/groups:", groups.show),
    "Learning": (":material/trending_up:", making.show),
    "Inside": (":material/account_tree:", inside.show),
    "Model card": (":material/description:", card.show),
}

open_page(
    "How good it is",
    "Every figure is measured on people whom the network had not heard before, unless it says otherwise.",
)

with told_kindly():
    figures = store.figures()
section = st.segmented_control(
    "What would you like to see?",
    list(SECTIONS),
    default="How good",
    required=True,
    format_func=lambda name: f"{SECTIONS[name][0]} {name}",
    key="model_section",
    persist_state="session",
)
with told_kindly():
    SECTIONS[section][1](figures)
