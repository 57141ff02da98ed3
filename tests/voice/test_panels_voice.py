"""The drawings of real voices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_core import extract_features, load_audio
from ui.common.panels import BY_KEY, PANELS
from ui.explore.stacked_figure import stacked_figure

pytestmark = pytest.mark.voice


def clip_of(corpora_dir: Path, actor: str, emotion: str) -> Path:
    return next(corpora_dir.glob(f"Ravdess/**/03-01-{emotion}-*-01-01-{actor}.*"))


@pytest.mark.parametrize(("actor", "low_hz", "high_hz"), [("01", 75.0, 180.0), ("02", 150.0, 320.0)])
def test_neutral_speech_is_drawn_at_a_mans_and_at_a_womans_pitch(
    corpora_dir: Path, actor: str, low_hz: float, high_hz: float
) -> None:
    audio = load_audio(clip_of(corpora_dir, actor, "01"))
    drawing = BY_KEY["pitch"].draw(audio, extract_features(audio))
    assert drawing.note == ""
    assert low_hz < np.nanmedian(drawing.trace["y"]) < high_hz


def test_anger_is_drawn_louder_and_higher_than_sadness(corpora_dir: Path) -> None:
    angry, sad = (load_audio(clip_of(corpora_dir, "02", emotion)) for emotion in ("05", "04"))
    for key in ("rms", "pitch"):
        of_angry, of_sad = (BY_KEY[key].draw(audio, extract_features(audio)).trace["y"] for audio in (angry, sad))
        assert np.nanpercentile(of_angry, 90) > np.nanpercentile(of_sad, 90)


def test_all_panels_of_a_real_clip_are_finite(corpora_dir: Path) -> None:
    audio = load_audio(clip_of(corpora_dir, "03", "03"))
    for trace, panel in zip(stacked_figure(audio, extract_features(audio), PANELS).data, PANELS, strict=True):
        values = np.asarray(trace.z if trace.type == "heatmap" else trace.y)
        assert np.isfinite(values).mean() > (0.1 if panel.key == "pitch" else 0.999)
