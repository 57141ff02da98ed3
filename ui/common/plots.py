"""Plotly, imported so that threads can use it at once.

When pandas is among the loaded modules, Plotly checks whether its input is a pandas object. While another thread is
still importing pandas, Plotly finds a partly initialised module and fails. So pandas is imported before Plotly: an
import waits for another import of the same module.
"""

from __future__ import annotations

import pandas  # noqa: F401 -- imported before Plotly, see the docstring
import plotly.graph_objects as go
from plotly.subplots import make_subplots

__all__ = ["go", "make_subplots"]
