"""Figures that are built without Plotly's checks are what Plotly would make of them."""

from __future__ import annotations

import json

import numpy as np
import plotly.io
import pytest
from plotly.basedatatypes import BaseFigure, BasePlotlyType

from ser_core import Recognizer, extract_features, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.inference.recognizer import Prediction
from tests.harness.paths import SAD_VOICE
from ui.common.charts import timeline_chart
from ui.common.panel_figure import panel_figure
from ui.common.panels import PANELS, Panel
from ui.common.plain_figure import PlainFigure, colour_scale
from ui.common.plots import go
from ui.common.tokens import SEQUENTIAL
from ui.recognise.charts import probability_bars


@pytest.fixture(scope="module")
def long_clip() -> Audio:
    """Return a clip of several windows."""
    return from_samples(np.tile(load_audio(SAD_VOICE).samples, 4), SAMPLE_RATE_HZ)


@pytest.fixture(scope="module")
def prediction(long_clip: Audio) -> Prediction:
    return Recognizer().predict(long_clip)


def expect_as_plotly_makes_it(figure: PlainFigure) -> None:
    checked = go.Figure(figure.to_dict())
    assert json.loads(plotly.io.to_json(figure, validate=False)) == json.loads(checked.to_json())
    # Nothing is left that only Python understands.
    json.dumps(figure.to_dict())


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.key)
@pytest.mark.parametrize("is_silent", [False, True], ids=["voice", "silence"])
def test_each_panel(long_clip: Audio, panel: Panel, is_silent: bool) -> None:
    audio = from_samples(np.zeros(SAMPLE_RATE_HZ), SAMPLE_RATE_HZ) if is_silent else long_clip
    drawing = panel.draw(audio, extract_features(audio))
    expect_as_plotly_makes_it(panel_figure(panel, drawing, (0, audio.duration_s)))


def test_the_bars_of_an_answer(prediction: Prediction) -> None:
    expect_as_plotly_makes_it(probability_bars(prediction))


def test_the_timeline_of_an_answer(prediction: Prediction) -> None:
    assert prediction.timeline is not None
    expect_as_plotly_makes_it(timeline_chart(prediction.timeline))


def test_no_chart_of_an_answer_is_checked_by_plotly(
    long_clip: Audio, prediction: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks took a third of the processor time of a busy server."""

    def draw_all() -> None:
        features = extract_features(long_clip)
        for panel in PANELS:
            panel_figure(panel, panel.draw(long_clip, features), (0, long_clip.duration_s)).to_dict()
        probability_bars(prediction).to_dict()
        assert prediction.timeline is not None
        timeline_chart(prediction.timeline).to_dict()

    def check(*arguments: object, **options: object) -> None:
        raise AssertionError("checked")

    # The template and the colour scales are read from Plotly once.
    draw_all()
    monkeypatch.setattr(BasePlotlyType, "__init__", check)
    monkeypatch.setattr(BaseFigure, "__init__", check)
    draw_all()


def test_a_colour_scale_goes_from_0_to_1() -> None:
    stops = [stop for stop, _ in colour_scale(SEQUENTIAL)]
    assert (stops[0], stops[-1]) == (0.0, 1.0)
    assert stops == sorted(stops)
