"""A user's own words for the emotions: ``"A=angry, ruhig=neutral, bored=-"``."""

from __future__ import annotations

from ser_core.emotions import LABELS, to_label, word_key
from ser_core.errors import LabelError

LEFT_OUT = "-"


def read_label_map(text: str) -> dict[str, str | None]:
    """Read which word stands for which emotion.

    Parameters
    ----------
    text : str
        ``word=emotion``, separated by commas or in lines of their own. Instead of an emotion, ``-`` leaves the
        recordings out. Lines that begin with ``#`` are comments.

    Returns
    -------
    dict of str to str or None
        One of ``LABELS``, or None for what is left out, by ``word_key`` of the word.

    Raises
    ------
    LabelError
        A part has no ``=``, or names no emotion.
    """
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    label_of: dict[str, str | None] = {}
    for part in (part.strip() for line in lines for part in line.split(",")):
        if not part:
            continue
        word, equals, name = (piece.strip() for piece in part.partition("="))
        label = to_label(name)
        if not word or not equals or (label is None and name != LEFT_OUT):
            raise LabelError(
                f"{part!r} in the label map says no emotion for a word",
                expected=f"word=emotion, with one of {', '.join(LABELS)}, or word=- to leave recordings out",
                advice="Write for example A=angry,F=happy,boredom=-",
            )
        label_of[word_key(word)] = label
    return label_of
