"""The state of a page as parameters of its address, so that a link shows the same state again.

Each part of the state has one ``Parameter``. Before its widget is drawn, ``start`` gives the widget the value from the
address; after that, ``keep`` writes the widget's value into the address. A value that the widget cannot have is
ignored: people edit links by hand, and anybody can write one.

Streamlit can bind a widget to the address itself, but then the address is lost while the widget is not drawn, for
example because no clip is chosen yet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")

_IS_OPENED = "page_is_opened"
# Longer values are not read: no page writes one.
_MAX_LENGTH = 2_000
# Separates the values of one parameter. No text of an option contains it.
_SEPARATOR = ","
# The text of an empty selection, where the default is another one.
_NONE = "none"


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """One part of a page's state.

    Parameters
    ----------
    name : str
        The parameter's name in the address.
    default : T
        The value that the address leaves out.
    read : callable
        Returns the value for a text of the address; None for a text that is not valid.
    write : callable
        Returns the text for a value.
    """

    name: str
    default: T
    read: Callable[[str], T | None]
    write: Callable[[T], str]

    def start(self, key: str) -> None:
        """Give a widget that is not drawn yet its first value: the one in the address, or else the default.

        Parameters
        ----------
        key : str
            The widget's key in the session state. A value that is there already stays, except when the page was just
            opened by a link that names another one.
        """
        is_named = is_page_opened() and bool(read_text(self.name))
        if is_named or key not in st.session_state:
            st.session_state[key] = self.value_in_address()

    def value_in_address(self) -> T:
        """Return the value in the address; the default where there is none, or none that is valid."""
        text = read_text(self.name)
        value = self.read(text) if text else None
        return self.default if value is None else value

    def text_of(self, value: T) -> str:
        """Return the text of a value in the address; empty for the default, which the address leaves out."""
        return "" if value == self.default else self.write(value)

    def keep(self, value: T) -> None:
        """Write a value into the address; the default is left out."""
        keep_text(self.name, self.text_of(value))


def note_page(*, is_opened: bool) -> None:
    """Say whether the visitor has just opened the page, so that its address goes before earlier choices.

    In later runs of the page the address may be older than a choice that the visitor has just made.
    """
    st.session_state[_IS_OPENED] = is_opened


def is_page_opened() -> bool:
    """Return whether the visitor has just opened the page; ``note_page`` records it."""
    is_opened: bool = st.session_state.get(_IS_OPENED, False)
    return is_opened


def read_text(name: str) -> str:
    """Return the text of a parameter in the address; empty if it is missing, or longer than any text of the app."""
    text = st.query_params.get(name, "")
    return text if len(text) <= _MAX_LENGTH else ""


def keep_text(name: str, text: str) -> None:
    """Write a parameter into the address; an empty text removes it."""
    # Each change is a message to the browser, so nothing is written that is there already.
    if not text:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text


def keep_texts(texts: Mapping[str, str]) -> None:
    """Write several parameters into the address as one step, which the browser's Back button takes back at once.

    Parameters
    ----------
    texts : mapping of str to str
        The text of each parameter by its name; an empty text removes it.
    """
    before = st.query_params.to_dict()
    after = {name: text for name, text in {**before, **texts}.items() if text}
    if after != before:
        st.query_params.from_dict(after)


def option(name: str, options: Iterable[T], default: T) -> Parameter[T]:
    """Return the parameter of a widget in which one option is chosen.

    Parameters
    ----------
    name : str
        The parameter's name.
    options : iterable of T
        The options. Their texts, as ``str`` returns them, are distinct in lower case.
    default : T
        The option that is chosen at the start.
    """
    by_text = _by_text(options)
    return Parameter(name, default, by_text.get, _as_text)


def options(name: str, options: Iterable[T], default: Sequence[T] = ()) -> Parameter[list[T]]:
    """Return the parameter of a widget in which several options can be chosen; parameters as for ``option``."""
    by_text = _by_text(options)

    def read(text: str) -> list[T] | None:
        if text == _NONE:
            return []
        chosen = text.split(_SEPARATOR)
        return [value for option_text, value in by_text.items() if option_text in chosen] or None

    return Parameter(name, list(default), read, lambda values: _SEPARATOR.join(map(_as_text, values)) or _NONE)


def number(name: str, low: float, high: float, step: float, default: float) -> Parameter[float]:
    """Return the parameter of a slider.

    Parameters
    ----------
    name : str
        The parameter's name.
    low, high, step : float
        The slider's limits and its step. A number outside the limits is not valid; one between two steps is rounded.
    default : float
        The number at the start.
    """

    def read(text: str) -> float | None:
        try:
            value = float(text)
        except ValueError:
            return None
        # Also false for NaN.
        if not low <= value <= high:
            return None
        return _round(low + round((value - low) / step) * step)

    return Parameter(name, default, read, _number_as_text)


def span(name: str, low: float, high: float, step: float) -> Parameter[tuple[float, float]]:
    """Return the parameter of a slider with two ends; parameters as for ``number``. The default is the whole range."""
    end = number(name, low, high, step, low)

    def read(text: str) -> tuple[float, float] | None:
        ends = [end.read(part) for part in text.split(_SEPARATOR)]
        match ends:
            case [float(first), float(last)] if first <= last:
                return first, last
        return None

    return Parameter(name, (low, high), read, lambda ends: _SEPARATOR.join(map(_number_as_text, ends)))


def _by_text(options: Iterable[T]) -> dict[str, T]:
    return {_as_text(value): value for value in options}


def _as_text(value: object) -> str:
    """Return an option in the letters of an address: ``"By emotion"`` becomes ``"by-emotion"``."""
    return re.sub(r"[^a-z0-9_.]+", "-", str(value).casefold()).strip("-")


def _number_as_text(value: float) -> str:
    return f"{_round(value):g}"


def _round(value: float) -> float:
    # Removes what binary fractions add to a multiple of the step: 0.15000000000000002.
    return round(value, 6) if math.isfinite(value) else value
