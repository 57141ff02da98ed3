"""Plotly, ready for any thread.

Plotly asks of what it draws whether it is a pandas object, as soon as it finds pandas among the loaded modules. While
another visitor's thread is still loading pandas, it finds half of it, and fails. So pandas is loaded before: an import
waits for one that is under way.
"""

from __future__ import annotations

import pandas  # noqa: F401 -- to be there, see above
import plotly.graph_objects as go
from plotly.subplots import make_subplots

__all__ = ["go", "make_subplots"]
