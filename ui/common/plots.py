"""Plotly, imported so that threads can use it at once.

When pandas is among the loaded modules, Plotly checks whether its input is a pandas object. While another thread is
still importing pandas, the module is only partly initialised, and the check fails. So this module imports pandas before
Plotly: a second import waits until the first one is complete.
"""

from __future__ import annotations

import pandas  # noqa: F401 -- imported before Plotly, see the docstring
import plotly.graph_objects as go
from plotly.subplots import make_subplots

__all__ = ["go", "make_subplots"]
