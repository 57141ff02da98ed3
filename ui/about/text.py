"""The words of the About page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.errors import SerError

_README = Path(__file__).resolve().parents[2] / "README.md"
_LICENCES = "## Licences\n"

WHAT_IT_IS = """
A teaching tool about **how** things are said. It listens to a few seconds of speech, measures how the voice moves
(pitch, loudness, rhythm, the colour of its sound), and says which of eight emotions actors sound like when they speak
that way. Every page shows one side of it: the answer, the reasons, the sound itself, what happens when a voice
changes, the recordings it learnt from, and how often it is wrong.
"""

WHAT_IT_IS_NOT = """
- **Not a mind reader.** It hears a voice, never what somebody feels, thinks or means.
- **Not a judge of people.** It must not be used to decide anything about anyone: not at work, not at school, not in a
  call centre, not for health. The EU's AI Act, article 5(1)(f), forbids inferring emotions at work and in education.
- **Not a lie detector**, and no medical device.
"""

PRIVACY = """
- A recording or file stays in this server's **memory**, for your visit only. It is gone when you close the page.
- It is **not stored**, not sent to anyone else, and never used for training.
- While you are live, sound travels encrypted to this server, where a firewall asks for it by way of a relay.
- The server's log says how long things took, how many seconds of sound they were, and whether the network was sure. It
  holds **no audio, no file name and no emotion**.
- No account, no advertising, no usage statistics.
- Someone else's voice is theirs: ask them before you record or upload it.
"""


@st.cache_resource(show_spinner=False)
def licences() -> str:
    """Return README's section on licences, Markdown.

    Raises
    ------
    SerError
        If README is not beside the app.
    """
    try:
        readme = _README.read_text(encoding="utf-8")
    except OSError as error:
        raise SerError(
            "The file README.md is missing",
            expected="README.md comes with the app and holds its licences",
            advice="Restore that file from the project",
        ) from error
    return readme.split(_LICENCES)[1].split("\n## ")[0].strip()
