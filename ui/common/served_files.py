"""Files that a component of a page fetches from Streamlit's server, as ``st.audio`` does."""

from __future__ import annotations

from streamlit.runtime import get_instance


def serve(content: bytes | str, mimetype: str, coordinates: str) -> str:
    """Let Streamlit serve bytes, or the file at a path, until a run of the page no longer does this; return the URL.

    Parameters
    ----------
    content : bytes or str
        The content, or the path of a file.
    mimetype : str
        The type of the content: ``"audio/wav"``.
    coordinates : str
        Identifies the place on the page; new content for the same place replaces the previous one.
    """
    return get_instance().media_file_mgr.add(content, mimetype, coordinates)
