"""Sentences to act. They are this project's own, and their words carry no feeling: the voice alone has to."""

from __future__ import annotations

# By the name in a link.
SENTENCES: dict[str, str] = {
    "bus": "The bus to the station leaves at ten past nine.",
    "window": "Somebody has left the window in the kitchen open.",
    "letter": "There is a letter for you on the table by the door.",
    "meeting": "We are meeting the others at the bridge tomorrow.",
    "rain": "They say it is going to rain for the rest of the week.",
    "number": "My new number begins with two eights and ends with a four.",
}
