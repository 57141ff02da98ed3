"""Explanations of a prediction, with networks whose dependence on the input is known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.explain import LONGEST_PART_S, cut_out, explain
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.inference.thresholds import Calibration
from ser_core.paths import MODELS_DIR

ANGRY = LABELS.index("angry")
FRONT_END = LogMelFrontEnd()
MAX_WINDOWS = 180


class ToneNetwork:
    """Stub for ``Recognizer``: predicts "angry" where one mel band is loud, and counts the windows."""

    def __init__(self, tone_hz: float, *, is_constant: bool = False) -> None:
        self.front_end = FRONT_END
        self.config = SimpleNamespace(calibration=Calibration(1.0, 0.0, set_threshold=0.1), network="stub")
        self.n_windows = 0
        self._is_constant = is_constant
        # The tone comes after a pause, because the front end subtracts steady sound as noise.
        self._band = int(FRONT_END.log_mel_db(np.pad(tone(tone_hz, 1.0), (SAMPLE_RATE_HZ, 0))).mean(axis=0).argmax())

    def logits(self, inputs: np.ndarray, profile: None = None) -> np.ndarray:
        self.n_windows += len(inputs)
        logits = np.zeros((len(inputs), len(LABELS)), dtype=np.float32)
        if not self._is_constant:
            logits[:, ANGRY] = 10.0 * np.maximum(inputs[:, :, self._band], 2.0).mean(axis=1) - 20.0
        return logits


def tone(hz: float, duration_s: float) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * hz * np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ)).astype(
        np.float32
    )


def clip(duration_s: float, tone_hz: float, tone_s: tuple[float, float]) -> Audio:
    """Return modulated noise with a tone in one span."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(0).normal(0.0, 0.02, len(time_s)) * np.sin(2.0 * np.pi * 1.5 * time_s) ** 2
    samples = noise.astype(np.float32)
    start, end = (round(edge_s * SAMPLE_RATE_HZ) for edge_s in tone_s)
    samples[start:end] += tone(tone_hz, tone_s[1] - tone_s[0])[: end - start]
    return from_samples(samples, SAMPLE_RATE_HZ)


def predict(network: ToneNetwork, audio: Audio) -> Prediction:
    """Predict as ``Recognizer.predict`` does; these windows are not counted."""
    stub = Recognizer.__new__(Recognizer)
    stub._front_end = FRONT_END
    stub.config = SimpleNamespace(calibration=Calibration(1.0, 0.0, set_threshold=0.1))
    stub._network = SimpleNamespace(
        run=lambda inputs, *_, reference: (network.logits(inputs), np.zeros((len(inputs), 1))), voice_size=0
    )
    stub._speech_detector = None
    stub._speech_recognizer = None
    prediction = stub.predict(audio)
    network.n_windows = 0
    return prediction


@pytest.mark.parametrize(("tone_hz", "tone_s"), [(300.0, (0.3, 0.7)), (1600.0, (1.5, 2.0)), (5000.0, (2.3, 2.8))])
def test_the_moment_and_the_frequency_that_the_network_depends_on_are_found(
    tone_hz: float, tone_s: tuple[float, float]
) -> None:
    audio = clip(2.9, tone_hz, tone_s)
    network = ToneNetwork(tone_hz)
    explanation = explain(network, audio, predict(network, audio))
    assert explanation.emotion == "angry"
    middle_s = (explanation.moment_edges_s[:-1] + explanation.moment_edges_s[1:]) / 2
    assert tone_s[0] <= middle_s[explanation.moment_weight.argmax()] <= tone_s[1]
    outside = (middle_s < tone_s[0] - 0.25) | (middle_s > tone_s[1] + 0.25)
    assert explanation.moment_weight[outside].max() < 0.3 * explanation.moment_weight.max()
    band = explanation.band_weight.argmax()
    assert explanation.band_edges_hz[band] <= tone_hz <= explanation.band_edges_hz[band + 1]
    assert explanation.band_hz[0] <= tone_hz <= explanation.band_hz[1]
    assert any(start_s < sum(tone_s) / 2 < end_s for start_s, end_s in explanation.moments_s)
    assert explanation.without_moments < explanation.probability - 0.2
    assert explanation.without_band < explanation.probability - 0.2


@pytest.mark.parametrize("tone_s", [(1.0, 2.0), (5.5, 6.5), (10.0, 11.0)])
def test_the_moment_is_found_in_a_clip_of_several_windows(tone_s: tuple[float, float]) -> None:
    audio = clip(12.0, 1600.0, tone_s)
    network = ToneNetwork(1600.0)
    explanation = explain(network, audio, predict(network, audio))
    middle_s = (explanation.moment_edges_s[:-1] + explanation.moment_edges_s[1:]) / 2
    assert explanation.is_whole
    assert tone_s[0] <= middle_s[explanation.moment_weight.argmax()] <= tone_s[1]
    assert explanation.band_hz[0] <= 1600.0 <= explanation.band_hz[1]


def test_of_a_long_clip_the_clearest_minute_is_examined_at_limited_cost() -> None:
    audio = clip(200.0, 1600.0, (140.0, 150.0))
    network = ToneNetwork(1600.0)
    explanation = explain(network, audio, predict(network, audio))
    assert network.n_windows <= MAX_WINDOWS
    assert not explanation.is_whole
    assert explanation.part_s[1] - explanation.part_s[0] == pytest.approx(LONGEST_PART_S, abs=0.1)
    assert explanation.part_s[0] < 140.0
    assert explanation.part_s[1] > 150.0
    heaviest = explanation.moment_weight.argmax()
    assert 139.0 < explanation.moment_edges_s[heaviest] < 151.0


@pytest.mark.parametrize("duration_s", [1.0, 3.0, 7.0, 20.0, 59.9])
def test_a_clip_of_up_to_a_minute_is_examined_completely(duration_s: float) -> None:
    audio = clip(duration_s, 700.0, (0.1, 0.8))
    network = ToneNetwork(700.0)
    explanation = explain(network, audio, predict(network, audio))
    assert explanation.is_whole
    assert network.n_windows <= MAX_WINDOWS
    assert explanation.part_s[1] <= audio.duration_s
    assert len(explanation.moment_edges_s) == len(explanation.moment_weight) + 1
    assert (np.diff(explanation.moment_edges_s) > 0.0).all()
    assert (np.diff(explanation.band_edges_hz) > 0.0).all()


def test_a_network_that_ignores_its_input_gives_no_moments_and_no_band() -> None:
    audio = clip(2.0, 700.0, (0.5, 1.0))
    network = ToneNetwork(700.0, is_constant=True)
    explanation = explain(network, audio, predict(network, audio))
    np.testing.assert_allclose(explanation.moment_weight, 0.0, atol=1e-6)
    assert explanation.moments_s == ()
    assert explanation.band_hz is None
    assert explanation.without_moments == pytest.approx(explanation.probability)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(1), np.zeros(SAMPLE_RATE_HZ), np.zeros(70 * SAMPLE_RATE_HZ), tone(440.0, 0.6), tone(440.0, 4.0)],
    ids=["one sample", "silence", "long silence", "short", "tone"],
)
def test_unusual_clips_can_be_explained(samples: np.ndarray) -> None:
    audio = from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)
    recognizer = Recognizer()
    explanation = explain(recognizer, audio, recognizer.predict(audio))
    assert np.isfinite(explanation.moment_weight).all()
    assert np.isfinite(explanation.band_weight).all()
    assert explanation.part_s[1] <= audio.duration_s
    assert 0.0 <= explanation.without_moments <= 1.0


def test_for_a_clip_of_one_window_the_probability_without_the_moments_is_exact() -> None:
    """It equals the network's output for a spectrogram in which the same moments are hidden by hand."""
    audio = clip(2.0, 1600.0, (0.8, 1.1))
    network = ToneNetwork(1600.0)
    explanation = explain(network, audio, predict(network, audio))
    mel_db = FRONT_END.log_mel_db(audio.samples)
    time_s = np.arange(len(mel_db)) * FRONT_END.hop_length / SAMPLE_RATE_HZ
    hidden = np.any([(time_s > start - 1e-6) & (time_s < end - 1e-6) for start, end in explanation.moments_s], axis=0)
    mel_db[hidden] = mel_db.mean()
    logits = network.logits(FRONT_END.standardise(mel_db)[None])[0].astype(float)
    assert explanation.without_moments == pytest.approx(np.exp(logits[ANGRY]) / np.exp(logits).sum(), abs=1e-4)


def test_a_network_without_a_time_axis_is_an_error() -> None:
    recognizer = Recognizer(MODELS_DIR / "seed_cnn")
    assert isinstance(recognizer.front_end, SummaryFrontEnd)
    audio = clip(1.0, 700.0, (0.2, 0.4))
    with pytest.raises(ModelError, match="averages"):
        explain(recognizer, audio, recognizer.predict(audio))


def test_cut_out_spans_are_faded_and_have_pauses_between_them() -> None:
    samples = np.ones(2 * SAMPLE_RATE_HZ, dtype=np.float32)
    cut = cut_out(samples, [(0.2, 0.5), (1.0, 1.4)])
    assert len(cut) == pytest.approx((0.3 + 0.4 + 0.12) * SAMPLE_RATE_HZ, abs=2)
    assert cut[0] == cut[-1] == 0.0
    assert cut.max() == 1.0
    assert np.abs(np.diff(cut)).max() < 0.01
    assert (samples == 1.0).all()
    assert len(cut_out(samples, [])) == 0
