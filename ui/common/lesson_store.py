"""The lessons and their sounds, read once for all visitors. They hold no visitor's data."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from ser_core.audio.loading import Audio, to_wav_bytes
from ser_core.features.extraction import Features, extract_features
from ser_core.lessons.glossary import read_glossary
from ser_core.lessons.lesson import Lesson
from ser_core.lessons.parsing import Names, read_lessons
from ser_core.lessons.sounds import load_sound
from ser_core.lessons.values import Values
from ui.common.metrics_store import figures
from ui.common.reference_table import reference

_ROOT = Path(__file__).resolve().parents[2]
FOLDER = _ROOT / "lessons"


class Sound(NamedTuple):
    """A sound of a lesson: decoded, as a WAV file, and its features."""

    audio: Audio
    wav: bytes
    features: Features


@st.cache_resource(show_spinner="Reading the lessons ...")
def lessons() -> dict[str, Lesson]:
    """Return all lessons by their key, in their order.

    Raises
    ------
    SerError
        If the file of a lesson or a committed table is missing or has a mistake.
    """
    names = Names(glossary().keys(), sorted(path.stem for path in (_ROOT / "pages").glob("*.py")))
    return {lesson.key: lesson for lesson in read_lessons(FOLDER, names, values().fill)}


@st.cache_resource(show_spinner=False)
def glossary() -> dict[str, str]:
    """Return the explanation of each term.

    Raises
    ------
    LessonError
        If the file is missing or has a mistake.
    """
    return read_glossary(FOLDER / "glossary.md")


@st.cache_resource(show_spinner=False)
def values() -> Values:
    """Return the measured values that lessons name.

    Raises
    ------
    SerError
        If a committed table is missing.
    """
    return Values(figures(), reference())


# The sounds of one lesson; each is two seconds long and takes 0.4 MB with its features.
@st.cache_resource(show_spinner=False, max_entries=12)
def sound(name: str) -> Sound:
    """Return a sound of a lesson.

    Parameters
    ----------
    name : str
        A name that ``ser_core.lessons.sounds`` describes.

    Raises
    ------
    SerError
        If the name is not known, or a computer voice is missing.
    """
    audio = load_sound(name)
    return Sound(audio, to_wav_bytes(audio.samples), extract_features(audio))
