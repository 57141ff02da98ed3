"""The sections on the law and privacy, on hosting at school, and the glossary."""

from __future__ import annotations

import streamlit as st

from ui.common import lesson_store
from ui.common.classroom import is_classroom
from ui.teachers import text
from ui.teachers.class_address import show_class_address


def show_law() -> None:
    """Show what the law says, what classroom mode does about it, and what happens to a voice."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("The law in plain words", anchor=False)
        st.markdown(text.LAW)
        st.caption(text.NO_ADVICE)
    with right:
        st.subheader("Classroom mode", anchor=False)
        st.markdown(text.CLASSROOM_MODE)
        st.markdown("It is **on** now." if is_classroom() else "It is off now. The address for your class:")
        show_class_address()
        st.subheader("Privacy", anchor=False)
        st.markdown(text.PRIVACY)


def show_hosting() -> None:
    """Show how to run the app for a class without internet."""
    st.subheader("At school, on one laptop, without internet", anchor=False)
    st.markdown(text.LAPTOP.format(memory_mb=text.MEMORY_MB))


def show_glossary() -> None:
    """Show all words of the lessons with their explanations."""
    with st.container(key="glossary"):
        for term, explanation in sorted(lesson_store.glossary().items(), key=lambda entry: entry[0].casefold()):
            st.markdown(f"**{term}**: {explanation}")
