"""Figures that are built as plain dictionaries.

Plotly's own figures check and copy every value and every setting of the layout. That took a third of the server's
processor time when many visitors uploaded clips. The charts of an answer always have the same layout, so their
dictionaries are written by hand. The tests compare each of them with the figure that Plotly makes from it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ui.common.plots import go

# The types of numbers that Plotly's JavaScript reads from bytes.
_TYPED_ARRAYS = {"int8": "i1", "float32": "f4", "float64": "f8"}


class PlainFigure(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A finished figure that ``st.plotly_chart`` sends as it is, without Plotly's checks.

    Parameters
    ----------
    traces : sequence of dict
        The traces in the form of Plotly's JSON, with ``type``. Values may be NumPy arrays.
    layout : dict
        The layout in the form of Plotly's JSON, without a template.
    """

    def __init__(self, traces: Sequence[dict[str, Any]], layout: dict[str, Any]) -> None:
        # Not the constructor of ``go.Figure``, which does the checks.
        self._json_figure: dict[str, Any] = {
            "data": [{name: _json_value(value) for name, value in trace.items()} for trace in traces],
            "layout": layout | {"template": _template()},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in the form of Plotly's JSON."""
        return self._json_figure


@cache
def colour_scale(name: str) -> list[list[float | str]]:
    """Return the colours of one of Plotly's named colour scales, from 0 to 1."""
    return [list(stop) for stop in go.Heatmap(colorscale=name).colorscale]


@cache
def _template() -> dict[str, Any]:
    """Return the default template, which is Streamlit's on a page. Streamlit's theme needs it."""
    template: dict[str, Any] = go.Figure().to_dict()["layout"]["template"]
    return template


def _json_value(value: object) -> object:
    return _typed_array(value) if isinstance(value, np.ndarray) else value


def _typed_array(values: npt.NDArray[np.generic]) -> dict[str, str]:
    """Return an array as Plotly's JavaScript reads it without parsing numbers."""
    array = {
        "dtype": _TYPED_ARRAYS[values.dtype.name],
        "bdata": base64.b64encode(values.tobytes()).decode("ascii"),
    }
    if values.ndim > 1:
        array["shape"] = ", ".join(str(size) for size in values.shape)
    return array
