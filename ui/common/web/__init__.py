"""Styles and scripts that pages and components share. Each component of Streamlit gets its own copy of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ui.common import tokens

_HERE = Path(__file__).parent
# They come with the HTML of every page: a style that came later would move what is already on the page.
_PAGE_SHEETS = ("page", "reserved_space", "first_screen", "game", "lessons", "teachers", "printed_sheet")


def with_controls_style(css: str, *, within: str = "") -> str:
    """Return a component's style sheet after the shared one of buttons, switches and focus.

    Parameters
    ----------
    css : str
        The component's own style sheet.
    within : str
        A selector of the component's root, if the component has no shadow tree: the shared rules then apply only inside
        of it. Empty for a component with a shadow tree.
    """
    controls = _read("controls.css")
    return f"{within} {{\n{controls}}}\n{css}" if within else f"{controls}\n{css}"


def with_server_address(js: str) -> str:
    """Return a component's script with the shared function ``fromServer``: the address of a served file."""
    return f"{js}\n{_read('from_server.js')}"


def with_shared_sound(js: str) -> str:
    """Return a component's script with the audio element that all components of a page share, ``sharedSound``."""
    return f"{js}\n{_read('shared_sound.js')}"


@cache
def page_style() -> str:
    """Return the style of all pages, after the tokens that it uses."""
    return tokens.style_sheet() + "".join(_read(f"{name}.css") for name in _PAGE_SHEETS)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
