"""Style and script that several components share. Streamlit's components are inline, so each gets a copy."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def with_controls_style(css: str) -> str:
    """Return a component's style sheet after the shared one of buttons, switches and focus."""
    return f"{(_HERE / 'controls.css').read_text(encoding='utf-8')}\n{css}"


def with_server_address(js: str) -> str:
    """Return a component's script with the shared function ``fromServer``: the address of a served file."""
    return f"{js}\n{(_HERE / 'from_server.js').read_text(encoding='utf-8')}"
