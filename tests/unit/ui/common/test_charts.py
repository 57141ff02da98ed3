"""Charts that several pages show."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Timeline
from ui.common import presenting
from ui.common.charts import frame, timeline_chart


def test_a_timeline_shows_the_three_strongest_emotions_and_offers_the_others() -> None:
    times_s = np.arange(100.0)
    probabilities = np.full((100, len(LABELS)), 0.02)
    probabilities[:, [1, 4, 6]] = 0.3
    # A pause.
    probabilities[50] = np.nan
    traces = timeline_chart(Timeline(times_s, times_s + 3.0, probabilities)).to_dict()["data"]
    visible = [trace["name"].split()[-1] for trace in traces if trace["visible"] is True]
    on_demand = [trace["name"].split()[-1] for trace in traces if trace["visible"] == "legendonly"]
    assert visible == [LABELS[1], LABELS[4], LABELS[6]]
    assert sorted(visible + on_demand) == sorted(LABELS)


def test_on_a_projector_charts_are_higher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenting, "is_presenting", lambda: False)
    assert frame(height_px=100, n_traces=1)["height"] == 100
    monkeypatch.setattr(presenting, "is_presenting", lambda: True)
    assert frame(height_px=100, n_traces=1)["height"] > 150
