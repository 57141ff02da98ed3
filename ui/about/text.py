"""The text of the About page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.errors import SerError

_README = Path(__file__).resolve().parents[2] / "README.md"
_LICENCES = "## Licences\n"

WHAT_IT_IS = """
A teaching tool about **how** things are said. It measures a few seconds of speech: [[pitch]], loudness, rhythm, and
[[brightness]]. Then it shows which of eight emotions actors sound like when they speak that way. Every page shows one
part: the answer, the reasons, the sound, a changed voice, the recordings that the [[network]] was trained on, and how
often it is wrong.
"""

WHAT_IT_IS_NOT = """
- **Not a mind reader.** It measures a voice, never what a person feels, thinks or means.
- **Not a judge of people.** It must not be used to decide anything about anyone: not at work, not at school, not in a
  call centre, not for health. The EU's AI Act, article 5(1)(f), forbids inferring emotions at work and in education.
- **Not a lie detector**, and not a medical device.
"""

PRIVACY = """
- A recording or file stays in this server's **memory**, for your visit only. It is gone when you close the page.
- It is **not stored**, not sent to anyone else, and never used for training.
- While you are live, your sound travels encrypted to this server. If a firewall blocks the direct way, it travels
  through a relay server.
- Servers of other companies help. **GitHub** and **GitLab** send sample clips to this server. Before live sound starts,
  your browser may ask **Google**, **Cloudflare** or **Twilio** for the way to this server, and Cloudflare or Twilio may
  pass the encrypted sound on. They can see your internet address. They never get a recording or a file of yours.
- The server's log holds how long things took, how many seconds of sound they were, and whether the network was sure. It
  holds **no audio, no file name and no emotion**.
- No account, no advertising, no usage statistics.
- Other people's voices belong to them: ask them before you record or upload them.
"""


@st.cache_resource(show_spinner=False)
def licences() -> str:
    """Return the section on licences of README.md, Markdown.

    Raises
    ------
    SerError
        If README.md is missing.
    """
    try:
        readme = _README.read_text(encoding="utf-8")
    except OSError as error:
        raise SerError(
            "The file README.md is missing",
            expected="the README.md that comes with the app and contains its licences",
            advice="Restore that file from the project",
        ) from error
    return readme.split(_LICENCES)[1].split("\n## ")[0].strip()
