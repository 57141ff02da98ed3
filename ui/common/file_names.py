"""Names of files: of an upload as it is shown, and of a download."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

_MAX_SHOWN = 60
_MAX_IN_DOWNLOAD = 40


def shown_name(file_name: str) -> str:
    """Return an upload's file name as plain text that is safe to show; empty if nothing of it is safe.

    A hostile name may hold a path, characters that reverse the reading direction, or Markdown. So only the last part of
    a path is returned, control and format characters are removed, and backticks become apostrophes. The pages show the
    name as inline code, where Markdown has no effect.

    Parameters
    ----------
    file_name : str
        The name that the browser sent.
    """
    last_part = re.split(r"[/\\]", file_name)[-1]
    visible = "".join(" " if char.isspace() else char for char in last_part)
    visible = "".join(char for char in visible if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = " ".join(visible.split()).replace("`", "'")
    return name if len(name) <= _MAX_SHOWN else f"{name[: _MAX_SHOWN - 10]}...{name[-7:]}"


def download_name(content: str, clip_name: str, suffix: str) -> str:
    """Return the name of a file to download: content, clip and time, in characters that every system allows.

    Parameters
    ----------
    content : str
        What is in the file: ``"emotion"``.
    clip_name : str
        The name of the clip, as it is shown.
    suffix : str
        The ending, without the dot: ``"csv"``.

    Returns
    -------
    str
        ``"emotion_my-voice_2026-01-31_14-05.csv"``; the time is the visitor's, if the browser sends its time zone.
    """
    stem = re.sub(r"\.\w{1,5}$", "", clip_name)
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    safe_name = re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")[:_MAX_IN_DOWNLOAD].strip("-")
    return f"{'_'.join(filter(None, (content, safe_name, f'{_visitors_time():%Y-%m-%d_%H-%M}')))}.{suffix}"


def _visitors_time() -> datetime:
    now = datetime.now(UTC)
    try:
        return now.astimezone(ZoneInfo(st.context.timezone)) if st.context.timezone else now
    except (ZoneInfoNotFoundError, ValueError):
        return now
