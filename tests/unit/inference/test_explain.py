from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.explain import LONGEST_PART_S, cut_out, explain
from ser_core.inference.front_end import LogMelFrontEnd, SummaryFrontEnd
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.paths import MODELS_DIR

ANGRY = LABELS.index("angry")
FRONT_END = LogMelFrontEnd()
MOST_WINDOWS = 180


class ToneNetwork:
    """Hears anger where bands stand out: a stub for ``Recognizer`` that counts what it is asked."""

    def __init__(self, tone_hz: float, *, answers_alike: bool = False) -> None:
        self.front_end = FRONT_END
        self.config = SimpleNamespace(temperature=1.0, network="stub")
        self.n_windows = 0
        self._answers_alike = answers_alike
        # After a pause: what is there all the time counts as noise.
        self._band = int(FRONT_END.log_mel_db(np.pad(tone(tone_hz, 1.0), (SAMPLE_RATE_HZ, 0))).mean(axis=0).argmax())

    def logits(self, inputs: np.ndarray) -> np.ndarray:
        self.n_windows += len(inputs)
        logits = np.zeros((len(inputs), len(LABELS)), dtype=np.float32)
        if not self._answers_alike:
            logits[:, ANGRY] = 10.0 * np.maximum(inputs[:, :, self._band], 2.0).mean(axis=1) - 20.0
        return logits


def tone(hz: float, duration_s: float) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * hz * np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ)).astype(
        np.float32
    )


def clip(duration_s: float, tone_hz: float, tone_s: tuple[float, float]) -> Audio:
    """Noise that comes and goes, with a tone in it from here to there."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(0).normal(0.0, 0.02, len(time_s)) * np.sin(2.0 * np.pi * 1.5 * time_s) ** 2
    samples = noise.astype(np.float32)
    start, end = (round(each * SAMPLE_RATE_HZ) for each in tone_s)
    samples[start:end] += tone(tone_hz, tone_s[1] - tone_s[0])[: end - start]
    return from_samples(samples, SAMPLE_RATE_HZ)


def predicted(network: ToneNetwork, audio: Audio) -> Prediction:
    """Answer as ``Recognizer.predict`` does."""
    stub = Recognizer.__new__(Recognizer)
    stub._front_end, stub.config, stub.logits = (
        FRONT_END,
        SimpleNamespace(temperature=1.0, confidence_threshold=0.0),
        network.logits,
    )
    answer = stub.predict(audio)
    network.n_windows = 0
    return answer


@pytest.mark.parametrize(("tone_hz", "tone_s"), [(300.0, (0.3, 0.7)), (1600.0, (1.5, 2.0)), (5000.0, (2.3, 2.8))])
def test_it_finds_where_and_at_which_frequency_the_network_listens(tone_hz: float, tone_s: tuple[float, float]) -> None:
    audio = clip(2.9, tone_hz, tone_s)
    network = ToneNetwork(tone_hz)
    found = explain(network, audio, predicted(network, audio))
    assert found.emotion == "angry"
    middle_s = (found.moment_edges_s[:-1] + found.moment_edges_s[1:]) / 2
    assert tone_s[0] <= middle_s[found.moment_weight.argmax()] <= tone_s[1]
    outside = (middle_s < tone_s[0] - 0.25) | (middle_s > tone_s[1] + 0.25)
    assert found.moment_weight[outside].max() < 0.3 * found.moment_weight.max()
    band = found.band_weight.argmax()
    assert found.band_edges_hz[band] <= tone_hz <= found.band_edges_hz[band + 1]
    assert found.band_hz[0] <= tone_hz <= found.band_hz[1]
    assert any(start_s < sum(tone_s) / 2 < end_s for start_s, end_s in found.moments_s)
    assert found.without_moments < found.probability - 0.2
    assert found.without_band < found.probability - 0.2


@pytest.mark.parametrize("tone_s", [(1.0, 2.0), (5.5, 6.5), (10.0, 11.0)])
def test_it_finds_the_place_in_a_clip_of_several_windows(tone_s: tuple[float, float]) -> None:
    audio = clip(12.0, 1600.0, tone_s)
    network = ToneNetwork(1600.0)
    found = explain(network, audio, predicted(network, audio))
    middle_s = (found.moment_edges_s[:-1] + found.moment_edges_s[1:]) / 2
    assert found.is_whole
    assert tone_s[0] <= middle_s[found.moment_weight.argmax()] <= tone_s[1]
    assert found.band_hz[0] <= 1600.0 <= found.band_hz[1]


def test_of_a_long_clip_it_looks_at_the_most_telling_minute_at_a_bounded_cost() -> None:
    audio = clip(200.0, 1600.0, (140.0, 150.0))
    network = ToneNetwork(1600.0)
    found = explain(network, audio, predicted(network, audio))
    assert network.n_windows <= MOST_WINDOWS
    assert not found.is_whole
    assert found.part_s[1] - found.part_s[0] == pytest.approx(LONGEST_PART_S, abs=0.1)
    assert found.part_s[0] < 140.0
    assert found.part_s[1] > 150.0
    heaviest = found.moment_weight.argmax()
    assert 139.0 < found.moment_edges_s[heaviest] < 151.0


@pytest.mark.parametrize("duration_s", [1.0, 3.0, 7.0, 20.0, 59.9])
def test_any_length_is_looked_at_whole_up_to_a_minute(duration_s: float) -> None:
    audio = clip(duration_s, 700.0, (0.1, 0.8))
    network = ToneNetwork(700.0)
    found = explain(network, audio, predicted(network, audio))
    assert found.is_whole
    assert network.n_windows <= MOST_WINDOWS
    assert found.part_s[1] <= audio.duration_s
    assert len(found.moment_edges_s) == len(found.moment_weight) + 1
    assert (np.diff(found.moment_edges_s) > 0.0).all()
    assert (np.diff(found.band_edges_hz) > 0.0).all()


def test_where_nothing_matters_it_says_so() -> None:
    audio = clip(2.0, 700.0, (0.5, 1.0))
    network = ToneNetwork(700.0, answers_alike=True)
    found = explain(network, audio, predicted(network, audio))
    np.testing.assert_allclose(found.moment_weight, 0.0, atol=1e-6)
    assert found.moments_s == ()
    assert found.band_hz is None
    assert found.without_moments == pytest.approx(found.probability)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(1), np.zeros(SAMPLE_RATE_HZ), np.zeros(70 * SAMPLE_RATE_HZ), tone(440.0, 0.6), tone(440.0, 4.0)],
    ids=["one sample", "silence", "long silence", "short", "tone"],
)
def test_no_clip_is_too_odd(samples: np.ndarray) -> None:
    audio = from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)
    recognizer = Recognizer()
    found = explain(recognizer, audio, recognizer.predict(audio))
    assert np.isfinite(found.moment_weight).all()
    assert np.isfinite(found.band_weight).all()
    assert found.part_s[1] <= audio.duration_s
    assert 0.0 <= found.without_moments <= 1.0


def test_hiding_nothing_else_than_a_whole_short_clips_window_is_exact() -> None:
    """What is left without the moments is what the network says when they are hidden by hand."""
    audio = clip(2.0, 1600.0, (0.8, 1.1))
    network = ToneNetwork(1600.0)
    found = explain(network, audio, predicted(network, audio))
    mel_db = FRONT_END.log_mel_db(audio.samples)
    time_s = np.arange(len(mel_db)) * FRONT_END.hop_length / SAMPLE_RATE_HZ
    hidden = np.any([(time_s > start - 1e-6) & (time_s < end - 1e-6) for start, end in found.moments_s], axis=0)
    mel_db[hidden] = mel_db.mean()
    logits = network.logits(FRONT_END.standardise(mel_db)[None])[0].astype(float)
    assert found.without_moments == pytest.approx(np.exp(logits[ANGRY]) / np.exp(logits).sum(), abs=1e-4)


def test_a_network_without_time_is_refused_kindly() -> None:
    recognizer = Recognizer(MODELS_DIR / "seed_cnn")
    assert isinstance(recognizer.front_end, SummaryFrontEnd)
    audio = clip(1.0, 700.0, (0.2, 0.4))
    with pytest.raises(ModelError, match="averages"):
        explain(recognizer, audio, recognizer.predict(audio))


def test_the_cut_is_faded_and_has_pauses_between_its_parts() -> None:
    samples = np.ones(2 * SAMPLE_RATE_HZ, dtype=np.float32)
    cut = cut_out(samples, [(0.2, 0.5), (1.0, 1.4)])
    assert len(cut) == pytest.approx((0.3 + 0.4 + 0.12) * SAMPLE_RATE_HZ, abs=2)
    assert cut[0] == cut[-1] == 0.0
    assert cut.max() == 1.0
    assert np.abs(np.diff(cut)).max() < 0.01
    assert (samples == 1.0).all()
    assert len(cut_out(samples, [])) == 0
